import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { ManagersOnly } from "../../components/managers-only.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Panel } from "../../components/panel.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useOrganization } from "../../session/organization.ts";
import { CreatedWebhook, type CreatedWebhookData } from "./created-webhook.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { newWebhookValues, webhookInput } from "./webhook-form-values.ts";

const WebhookFromScratchPage_Create = graphql(`
  mutation WebhookFromScratchPage_Create($input: CreateWebhookConfigInput!) {
    createWebhookConfig(input: $input) {
      webhookConfig {
        id
        name
      }
      secretKey
      errors {
        ...Refusal
      }
    }
  }
`);

/** A new webhook in three steps: settings, the secret with its verification, a test. */
export function WebhookFromScratchPage() {
  const intl = useIntl();
  const { id: organizationId, access } = useOrganization();
  const [, create] = useMutation(WebhookFromScratchPage_Create);
  const [created, setCreated] = useState<CreatedWebhookData | null>(null);
  if (!access.canManage) return <ManagersOnly title={intl.formatMessage({ id: "webhooks.new" })} />;
  if (created !== null) return <CreatedWebhook created={created} />;
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: "webhooks.new" })}
        description={intl.formatMessage({ id: "webhooks.newHint" })}
      />
      <Panel title={intl.formatMessage({ id: "webhook.settings" })}>
        <WebhookForm
          defaultValues={newWebhookValues}
          savedHeaderNames={[]}
          submitLabel={intl.formatMessage({ id: "webhooks.create" })}
          send={async (values) => {
            const { data, error } = await create({ input: { organizationId, ...webhookInput(values) } });
            const { webhookConfig, secretKey, errors } = data?.createWebhookConfig ?? {};
            if (webhookConfig != null && secretKey != null) setCreated({ ...webhookConfig, secretKey });
            return { errors, error };
          }}
          onDone={() => window.scrollTo(0, 0)}
        >
          <Button
            variant="subtle"
            renderRoot={(props) => (
              <Link to="/organizations/$organizationId/webhooks" params={{ organizationId }} {...props} />
            )}
          >
            <FormattedMessage id="dialog.cancel" />
          </Button>
        </WebhookForm>
      </Panel>
    </>
  );
}
