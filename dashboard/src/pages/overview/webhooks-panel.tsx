import { memo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { EmptyState, StateHint } from "../../components/list-states.tsx";
import { Panel } from "../../components/panel.tsx";
import { useLatestFailures } from "../../webhooks/use-latest-failures.ts";
import { type OverviewData, webhooksMax } from "./use-overview.ts";
import { WebhookItem } from "./webhook-item.tsx";
import { WebhookRepair } from "./webhook-repair.tsx";
import styles from "./webhooks-panel.module.css";

/** How each webhook is doing, and what to do where it does not do well. */
export const WebhooksPanel = memo(function WebhooksPanel({
  organizationId,
  canManage,
  data,
  range,
  onRepaired,
}: {
  organizationId: string;
  canManage: boolean;
  data: OverviewData;
  range: { readonly since: string; readonly until: string };
  onRepaired: () => void;
}) {
  const intl = useIntl();
  const webhooks = data.webhookConfigs.edges.map((edge) => edge.node);
  const statsById = new Map(data.deliveryStatsByWebhook.map(({ webhookConfigId, stats }) => [webhookConfigId, stats]));
  const failures = useLatestFailures(organizationId, webhooks, statsById, range.since);

  return (
    <Panel title={intl.formatMessage({ id: "webhooks.title" })}>
      {webhooks.length === 0 && (
        <EmptyState title={intl.formatMessage({ id: "webhooks.empty" })}>
          <StateHint>
            <FormattedMessage id="webhooks.emptyHint" />
          </StateHint>
        </EmptyState>
      )}
      {webhooks.length > 0 && (
        <ul className={styles["list"]}>
          {webhooks.map((webhook) => (
            <WebhookItem
              key={webhook.id}
              webhook={webhook}
              canManage={canManage}
              stats={statsById.get(webhook.id)}
              failure={failures.get(webhook.id)}
              repair={
                canManage && (
                  <WebhookRepair
                    organizationId={organizationId}
                    webhook={webhook}
                    deliveries={statsById.get(webhook.id)}
                    range={range}
                    onRepaired={onRepaired}
                  />
                )
              }
            />
          ))}
        </ul>
      )}
      {!canManage && (
        <p className={styles["note"]}>
          <FormattedMessage id="webhook.readOnly" />
        </p>
      )}
      {data.webhookConfigs.pageInfo.hasNextPage && (
        <p className={styles["note"]}>
          <FormattedMessage id="webhooks.more" values={{ count: webhooksMax }} />
        </p>
      )}
    </Panel>
  );
});
