import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { LazyPart } from "../../components/lazy-part.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Panel } from "../../components/panel.tsx";
import { useOrganization } from "../../session/organization.ts";
import { SavedSecret } from "./saved-secret.tsx";
import { WebhookTestPanel } from "./webhook-test-panel.tsx";

const VerificationPanel = lazy(() =>
  import("./verification-panel.tsx").then((module) => ({ default: module.VerificationPanel })),
);

export interface CreatedWebhookData {
  readonly id: string;
  readonly name: string;
  /** Known only now. */
  readonly secretKey: string;
}

/** After a webhook was created: its secret, how receivers check signatures with it, and a test. */
export function CreatedWebhook({ created }: { created: CreatedWebhookData }) {
  const intl = useIntl();
  return (
    <>
      <CreatedHeader created={created} />
      <Panel title={intl.formatMessage({ id: "secret.title" })}>
        <SavedSecret secretKey={created.secretKey} />
      </Panel>
      <LazyPart>
        <VerificationPanel />
      </LazyPart>
      <WebhookTestPanel webhookConfigId={created.id} />
    </>
  );
}

/** The same for a vendor's system, which checks no signatures of ours: the test comes first, and the secret may be left. */
export function CreatedTemplatedWebhook({
  created,
  templateName,
  children,
}: {
  created: CreatedWebhookData;
  templateName: string;
  /** What to do next, beneath the test. */
  children?: ReactNode;
}) {
  const intl = useIntl();
  return (
    <>
      <CreatedHeader created={created} />
      <WebhookTestPanel webhookConfigId={created.id} />
      {children}
      <Panel title={intl.formatMessage({ id: "secret.title" })}>
        <SavedSecret secretKey={created.secretKey} uncheckedBy={templateName} />
      </Panel>
    </>
  );
}

function CreatedHeader({ created }: { created: CreatedWebhookData }) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  return (
    <PageHeader
      title={intl.formatMessage({ id: "webhooks.created" }, { name: created.name })}
      actions={
        <Button
          renderRoot={(props) => (
            <Link
              to="/organizations/$organizationId/webhooks/$webhookConfigId"
              params={{ organizationId, webhookConfigId: created.id }}
              {...props}
            />
          )}
        >
          <FormattedMessage id="webhooks.toWebhook" />
        </Button>
      }
    />
  );
}
