import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { LazyPart } from "../../components/lazy-part.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Panel } from "../../components/panel.tsx";
import { useOrganization } from "../../session/organization.ts";
import styles from "./created-webhook.module.css";
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

export interface CreatedTemplatedWebhookData extends CreatedWebhookData {
  /** Whether it sends to our imitation of the vendor's system. */
  readonly isImitation: boolean;
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
}: {
  created: CreatedTemplatedWebhookData;
  templateName: string;
}) {
  const intl = useIntl();
  return (
    <>
      <CreatedHeader created={created} />
      <WebhookTestPanel webhookConfigId={created.id} />
      <NextSteps templateName={templateName} isImitation={created.isImitation} />
      <Panel title={intl.formatMessage({ id: "secret.title" })}>
        <SavedSecret secretKey={created.secretKey} uncheckedBy={templateName} />
      </Panel>
    </>
  );
}

/** To an order that is delivered for real, or to what the imitation says. */
function NextSteps({ templateName, isImitation }: { templateName: string; isImitation: boolean }) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  return (
    <Panel title={intl.formatMessage({ id: "created.next" })}>
      <div className={styles["next"]}>
        <p className={styles["hint"]}>
          <FormattedMessage
            id={isImitation ? "created.imitationHint" : "created.orderHint"}
            values={{ system: templateName }}
          />
        </p>
        <div className={styles["actions"]}>
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link
                to="/organizations/$organizationId/events"
                params={{ organizationId }}
                search={{ tab: "publish" }}
                {...props}
              />
            )}
          >
            <FormattedMessage id="created.publish" />
          </Button>
          {isImitation && (
            <Button
              variant="default"
              renderRoot={(props) => (
                <Link to="/organizations/$organizationId/test-receiver" params={{ organizationId }} {...props} />
              )}
            >
              <FormattedMessage id="created.imitation" />
            </Button>
          )}
        </div>
      </div>
    </Panel>
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
