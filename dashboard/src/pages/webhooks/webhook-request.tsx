import { useMutation, useQuery } from "urql";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useOrganizationUpdates } from "../../graphql/use-organization-updates.ts";
import { requestEn } from "../../i18n/messages/request.en.ts";
import { requestTr } from "../../i18n/messages/request.tr.ts";
import { MoreMessages } from "../../i18n/more-messages.tsx";
import { RequestEditor } from "../../request-template/request-editor.tsx";
import { RequestSummary } from "../../request-template/request-summary.tsx";

const WebhookRequest_Webhook = graphql(`
  query WebhookRequest_Webhook($id: ID!) {
    webhookConfig(id: $id) {
      id
      organizationId
      url
      events
      customHeaderNames
      authentication {
        type
        headerName
        scheme
      }
      filter
      successCondition
      requestTemplate {
        ...RevisionsPanel_Revision
      }
    }
  }
`);

const WebhookRequest_Update = graphql(`
  mutation WebhookRequest_Update($input: UpdateWebhookConfigInput!) {
    updateWebhookConfig(input: $input) {
      webhookConfig {
        id
      }
      errors {
        ...Refusal
      }
    }
  }
`);

const messages = { en: requestEn, tr: requestTr };

/** The request that a webhook makes of an order: to be edited by those who manage webhooks, to be seen by all. */
export function WebhookRequest({
  organizationId,
  webhookConfigId,
  canManage,
}: {
  organizationId: string;
  webhookConfigId: string;
  canManage: boolean;
}) {
  const [{ data, error }, reload] = useQuery({
    query: WebhookRequest_Webhook,
    variables: { id: webhookConfigId },
    requestPolicy: "cache-and-network",
  });
  const [, update] = useMutation(WebhookRequest_Update);
  const reloadNow = () => reload({ requestPolicy: "network-only" });
  useOrganizationUpdates(organizationId, ["WEBHOOKS"], reloadNow);
  return (
    <MoreMessages messages={messages}>
      <QueryBoundary data={data} error={error} onRetry={reloadNow}>
        {({ webhookConfig }) => {
          if (webhookConfig == null) return null;
          const {
            requestTemplate = null,
            filter = null,
            successCondition = null,
            authentication = null,
          } = webhookConfig;
          const webhook = { ...webhookConfig, requestTemplate, filter, successCondition, authentication };
          if (!canManage) return <RequestSummary webhook={webhook} />;
          return (
            <RequestEditor
              key={webhook.id}
              webhook={webhook}
              send={async (changes) => {
                const answer = await update({ input: { id: webhook.id, ...changes } });
                return { errors: answer.data?.updateWebhookConfig.errors, error: answer.error };
              }}
            />
          );
        }}
      </QueryBoundary>
    </MoreMessages>
  );
}
