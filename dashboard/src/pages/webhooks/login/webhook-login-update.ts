import { graphql } from "../../../graphql/generated/gql.ts";

/** Changes how a webhook's requests log in; what it is now comes back. */
export const WebhookLogin_Update = graphql(`
  mutation WebhookLogin_Update($input: UpdateWebhookConfigInput!) {
    updateWebhookConfig(input: $input) {
      webhookConfig {
        ...WebhookLogin
      }
      errors {
        ...Refusal
      }
    }
  }
`);
