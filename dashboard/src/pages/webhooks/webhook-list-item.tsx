import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { formatShare } from "../../components/format-share.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { WebhookListItemFragment } from "../../graphql/generated/graphql.ts";
import { ConditionBadge } from "../../webhooks/condition-badge.tsx";
import type { LatestFailure } from "../../webhooks/use-latest-failures.ts";
import { conditionOf, type RecentDeliveries } from "../../webhooks/webhook-condition.ts";
import { WebhookTrouble } from "../../webhooks/webhook-trouble.tsx";
import styles from "./webhook-list-item.module.css";

graphql(`
  fragment WebhookListItem on WebhookConfig {
    id
    organizationId
    name
    url
    events
    ...WebhookTrouble
  }
`);

export function WebhookListItem({
  webhook,
  stats,
  failure,
}: {
  webhook: WebhookListItemFragment;
  /** Of the last 24 hours; undefined when they are not known. */
  stats: (RecentDeliveries & { readonly total: number; readonly successRate?: number | null }) | undefined;
  failure: LatestFailure | undefined;
}) {
  const intl = useIntl();
  const nameId = useId();
  const { id, organizationId, name, url, events, lastTriggeredAt } = webhook;
  return (
    <li className={styles["item"]} aria-labelledby={nameId}>
      <div className={styles["words"]}>
        <div className={styles["head"]}>
          <h3 id={nameId} className={styles["name"]}>
            <Link
              className={styles["link"] ?? ""}
              to="/organizations/$organizationId/webhooks/$webhookConfigId"
              params={{ organizationId, webhookConfigId: id }}
            >
              {name}
            </Link>
          </h3>
          <ConditionBadge condition={conditionOf(webhook, stats)} />
        </div>
        <p className={styles["url"]}>{url}</p>
        <p className={styles["dim"]}>
          {intl.formatList(events.map((event) => intl.formatMessage({ id: `event.${event}` })))}
        </p>
      </div>
      <dl className={styles["figures"]}>
        <div>
          <dt>
            <FormattedMessage id="webhook.deliveries24h" />
          </dt>
          <dd>{intl.formatNumber(stats?.total ?? 0)}</dd>
        </div>
        <div>
          <dt>
            <FormattedMessage id="stats.successRate" />
          </dt>
          <dd>{stats?.successRate == null ? "–" : formatShare(intl, stats.successRate)}</dd>
        </div>
        <div>
          <dt>
            <FormattedMessage id="webhook.lastUsed" />
          </dt>
          <dd>{lastTriggeredAt == null ? "–" : <RelativeTime at={lastTriggeredAt} />}</dd>
        </div>
      </dl>
      <div className={styles["health"]}>
        <WebhookTrouble webhook={webhook} recent={stats} failure={failure} />
      </div>
    </li>
  );
}
