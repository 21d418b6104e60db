import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { EmptyState, ErrorState, LoadingState, StateHint } from "../../components/list-states.tsx";
import { Panel } from "../../components/panel.tsx";
import { useThrottledEffect } from "../../components/use-throttled-effect.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import { WebhookItem } from "./webhook-item.tsx";
import styles from "./webhooks-panel.module.css";

const WebhooksPanel_Webhooks = graphql(`
  query WebhooksPanel_Webhooks($organizationId: ID!, $first: Int!) {
    webhookConfigs(organizationId: $organizationId, first: $first) {
      edges {
        node {
          ...WebhookItem
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

const shownMax = 50;

/** How soon a webhook shows that it was used, or that a receiver's 410 switched it off. */
const refreshMs = 3_000;

export function WebhooksPanel({
  organizationId,
  canManage,
  deliveries,
}: {
  organizationId: string;
  canManage: boolean;
  /** The feed's: when they change, the webhooks may have. */
  deliveries: readonly unknown[];
}) {
  const intl = useIntl();
  const [{ data, error }, reload] = useQuery({
    query: WebhooksPanel_Webhooks,
    variables: { organizationId, first: shownMax },
    requestPolicy: "cache-and-network",
  });
  useThrottledEffect(() => reload({ requestPolicy: "network-only" }), refreshMs, deliveries);
  const webhooks = data?.webhookConfigs.edges.map((edge) => edge.node);

  return (
    <Panel title={intl.formatMessage({ id: "webhooks.title" })}>
      {webhooks === undefined && error === undefined && (
        <LoadingState label={intl.formatMessage({ id: "webhooks.loading" })} rows={2} />
      )}
      {webhooks === undefined && error !== undefined && (
        <ErrorState error={error} onRetry={() => reload({ requestPolicy: "network-only" })} />
      )}
      {webhooks?.length === 0 && (
        <EmptyState title={intl.formatMessage({ id: "webhooks.empty" })}>
          <StateHint>
            <FormattedMessage id="webhooks.emptyHint" />
          </StateHint>
        </EmptyState>
      )}
      {webhooks !== undefined && webhooks.length > 0 && (
        <ul className={styles["list"]}>
          {webhooks.map((webhook) => (
            <WebhookItem key={webhook.id} webhook={webhook} canManage={canManage} />
          ))}
        </ul>
      )}
      {!canManage && (
        <p className={styles["note"]}>
          <FormattedMessage id="webhook.readOnly" />
        </p>
      )}
      {data?.webhookConfigs.pageInfo.hasNextPage === true && (
        <p className={styles["note"]}>
          <FormattedMessage id="webhooks.more" values={{ count: shownMax }} />
        </p>
      )}
    </Panel>
  );
}
