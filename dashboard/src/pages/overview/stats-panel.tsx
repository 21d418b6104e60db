import { type ReactNode, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { ErrorState, LoadingState } from "../../components/list-states.tsx";
import { Panel } from "../../components/panel.tsx";
import { formatResponseTime } from "../../components/response-time.ts";
import { StatTile } from "../../components/stat-tile.tsx";
import { deliveryStatuses } from "../../deliveries/delivery-status.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import type { DeliveryStatus, StatsPanelFragment } from "../../graphql/generated/graphql.ts";
import { useLiveUpdates } from "../../graphql/use-live-updates.ts";
import type { MessageId } from "../../i18n/en.ts";
import styles from "./stats-panel.module.css";

graphql(`
  fragment StatsPanel on DeliveryStats {
    total
    success
    failed
    retrying
    pending
    cancelled
    skipped
    successRate
    avgResponseTimeMs
    p95ResponseTimeMs
    until
  }
`);

const StatsPanel_Stats = graphql(`
  query StatsPanel_Stats($organizationId: ID!) {
    deliveryStats(organizationId: $organizationId) {
      ...StatsPanel
    }
  }
`);

const StatsPanel_Updates = graphql(`
  subscription StatsPanel_Updates($organizationId: ID!) {
    deliveryStatsUpdates(organizationId: $organizationId) {
      ...StatsPanel
    }
  }
`);

export function StatsPanel({ organizationId }: { organizationId: string }) {
  const intl = useIntl();
  const variables = { organizationId };
  const [{ data, error }, reload] = useQuery({
    query: StatsPanel_Stats,
    variables,
    requestPolicy: "network-only",
  });
  const [pushed, setPushed] = useState<StatsPanelFragment>();
  useLiveUpdates(
    StatsPanel_Updates,
    organizationId,
    () => variables,
    (update) => setPushed(update.deliveryStatsUpdates),
  );

  const stats = latest(data?.deliveryStats, pushed);
  return (
    <Panel title={intl.formatMessage({ id: "stats.title" })}>
      {stats !== undefined && <Stats stats={stats} />}
      {stats === undefined && error === undefined && (
        <LoadingState label={intl.formatMessage({ id: "loading" })} rows={2} />
      )}
      {stats === undefined && error !== undefined && (
        <ErrorState error={error} onRetry={() => reload({ requestPolicy: "network-only" })} />
      )}
    </Panel>
  );
}

function Stats({ stats }: { stats: StatsPanelFragment }) {
  const intl = useIntl();
  const responseTime = (ms: number | null | undefined) => (ms == null ? "–" : formatResponseTime(intl, ms));
  return (
    <div className={styles["stats"]}>
      <dl className={styles["figures"]}>
        <StatTile name={<FormattedMessage id="stats.successRate" />}>
          {stats.successRate == null ? (
            <span className={styles["none"]}>
              <FormattedMessage id="stats.noneFinished" />
            </span>
          ) : (
            intl.formatNumber(roundedDown(stats.successRate), { style: "percent", maximumFractionDigits: 1 })
          )}
        </StatTile>
        <StatTile name={<FormattedMessage id="stats.average" />}>{responseTime(stats.avgResponseTimeMs)}</StatTile>
        <StatTile name={<FormattedMessage id="stats.p95" />}>{responseTime(stats.p95ResponseTimeMs)}</StatTile>
      </dl>
      <StatusShare stats={stats} />
      <dl className={styles["counts"]}>
        <Figure name="stats.total" className={styles["count"]}>
          {intl.formatNumber(stats.total)}
        </Figure>
        {deliveryStatuses.map((status) => (
          <Figure key={status} name={`status.${status}`} status={status} className={styles["count"]}>
            {intl.formatNumber(countOf(stats, status))}
          </Figure>
        ))}
      </dl>
    </div>
  );
}

/** To a tenth of a percent, so that 100 % means that nothing failed. */
function roundedDown(share: number): number {
  return Math.floor(share * 1_000) / 1_000;
}

function Figure({
  name,
  status,
  className,
  children,
}: {
  name: MessageId;
  /** Gives the figure the status's colour. */
  status?: DeliveryStatus;
  className: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className={styles["figure"]} data-status={status}>
      <dt>
        {status !== undefined && <span className={styles["dot"]} aria-hidden="true" />}
        <FormattedMessage id={name} />
      </dt>
      <dd className={className}>{children}</dd>
    </div>
  );
}

/** The same counts as below it, as a picture. */
function StatusShare({ stats }: { stats: StatsPanelFragment }) {
  return (
    <div className={styles["share"]} aria-hidden="true">
      {deliveryStatuses
        .filter((status) => countOf(stats, status) > 0)
        .map((status) => (
          <span key={status} data-status={status} style={{ flexGrow: countOf(stats, status) }} />
        ))}
    </div>
  );
}

function countOf(stats: StatsPanelFragment, status: DeliveryStatus): number {
  switch (status) {
    case "SUCCESS":
      return stats.success;
    case "RETRYING":
      return stats.retrying;
    case "FAILED":
      return stats.failed;
    case "PENDING":
      return stats.pending;
    case "CANCELLED":
      return stats.cancelled;
    case "SKIPPED":
      return stats.skipped;
  }
}

function latest(
  queried: StatsPanelFragment | undefined,
  pushed: StatsPanelFragment | undefined,
): StatsPanelFragment | undefined {
  if (queried === undefined || pushed === undefined) return queried ?? pushed;
  return Date.parse(queried.until) > Date.parse(pushed.until) ? queried : pushed;
}
