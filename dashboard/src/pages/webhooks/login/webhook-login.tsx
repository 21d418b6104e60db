import { useQuery } from "urql";
import { QueryBoundary } from "../../../components/query-boundary.tsx";
import { graphql } from "../../../graphql/generated/gql.ts";
import { useOrganizationUpdates } from "../../../graphql/use-organization-updates.ts";
import { useOrganization } from "../../../session/organization.ts";
import { AuthenticationPanel } from "./authentication-panel.tsx";
import { CertificatePanel } from "./certificate-panel.tsx";
import { TemplateOrigin } from "./template-origin.tsx";

graphql(`
  fragment WebhookLogin on WebhookConfig {
    id
    templateId
    authentication {
      type
      headerName
      username
      tokenUrl
      clientId
      scope
      clientAuthentication
      scheme
      tokenObtainedAt
      tokenExpiresAt
    }
    clientCertificate {
      subject
      issuer
      expiresAt
    }
  }
`);

const WebhookLogin_Webhook = graphql(`
  query WebhookLogin_Webhook($id: ID!) {
    webhookConfig(id: $id) {
      ...WebhookLogin
    }
  }
`);

/** How requests of a webhook log in at the receiver, besides their signature. */
export function WebhookLogin({ webhookConfigId, canManage }: { webhookConfigId: string; canManage: boolean }) {
  const { id: organizationId } = useOrganization();
  const [{ data, error }, reload] = useQuery({
    query: WebhookLogin_Webhook,
    variables: { id: webhookConfigId },
    requestPolicy: "cache-and-network",
  });
  const reloadNow = () => reload({ requestPolicy: "network-only" });
  useOrganizationUpdates(organizationId, ["WEBHOOKS"], reloadNow);
  return (
    <QueryBoundary data={data?.webhookConfig ?? undefined} error={error} onRetry={reloadNow}>
      {(webhook) => (
        <>
          <AuthenticationPanel webhook={webhook} canManage={canManage} />
          <CertificatePanel webhook={webhook} canManage={canManage} />
          {webhook.templateId != null && (
            <TemplateOrigin webhookConfigId={webhook.id} templateId={webhook.templateId} />
          )}
        </>
      )}
    </QueryBoundary>
  );
}
