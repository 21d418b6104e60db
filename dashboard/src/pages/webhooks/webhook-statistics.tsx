import { lazy, Suspense, useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { bucketLabels } from "../../charts/bucket-labels.ts";
import { ErrorState, LoadingState } from "../../components/list-states.tsx";
import { useNowMs } from "../../components/now.ts";
import { Panel } from "../../components/panel.tsx";
import { formatResponseTime } from "../../components/response-time.ts";
import { StatTile } from "../../components/stat-tile.tsx";
import { TimeRangePicker } from "../../components/time-range-picker.tsx";
import { useThrottledEffect } from "../../components/use-throttled-effect.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import type { WebhookStatistics_StatsQuery } from "../../graphql/generated/graphql.ts";
import { type TimeRangeSearch, timeRangeOf } from "../../url/time-range.ts";
import styles from "./webhook-statistics.module.css";

const Chart = lazy(() => import("../../charts/chart.tsx").then((module) => ({ default: module.Chart })));

const WebhookStatistics_Stats = graphql(`
  query WebhookStatistics_Stats($organizationId: ID!, $webhookConfigId: ID!, $range: TimeRange!, $timeZone: String!) {
    deliveryStats(organizationId: $organizationId, webhookConfigId: $webhookConfigId, range: $range, timeZone: $timeZone) {
      total
      failed
      skipped
      successRate
      p50ResponseTimeMs
      p95ResponseTimeMs
      buckets {
        start
        success
        failed
        cancelled
        skipped
      }
    }
  }
`);

type Stats = WebhookStatistics_StatsQuery["deliveryStats"];

const minuteMs = 60_000;
/** How soon the figures follow the deliveries. */
const refreshMs = 3_000;

const shownStatuses = [
  { status: "SUCCESS", field: "success", color: "--status-success-fill" },
  { status: "FAILED", field: "failed", color: "--status-failed-fill" },
  { status: "CANCELLED", field: "cancelled", color: "--status-cancelled-fill" },
  { status: "SKIPPED", field: "skipped", color: "--status-pending-fill" },
] as const;

export function WebhookStatistics({
  organizationId,
  webhookConfigId,
  range,
  onRangeChange,
  deliveries,
}: {
  organizationId: string;
  webhookConfigId: string;
  range: TimeRangeSearch;
  onRangeChange: (range: TimeRangeSearch) => void;
  /** The feed's: when they change, so have the figures. */
  deliveries: readonly unknown[];
}) {
  const intl = useIntl();
  const minute = Math.ceil(useNowMs() / minuteMs) * minuteMs;
  const { since, until } = timeRangeOf(range, minute);
  const variables = useMemo(
    () => ({
      organizationId,
      webhookConfigId,
      range: { since, until },
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
    [organizationId, webhookConfigId, since, until],
  );
  const [{ data, error }, reload] = useQuery({ query: WebhookStatistics_Stats, variables });
  const reloadNow = () => reload({ requestPolicy: "network-only" });
  useThrottledEffect(reloadNow, refreshMs, deliveries);
  return (
    <Panel
      title={intl.formatMessage({ id: "webhook.statistics" })}
      aside={<TimeRangePicker value={range} onChange={onRangeChange} />}
    >
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={reloadNow} />}
      {data === undefined && error === undefined && <LoadingState label={intl.formatMessage({ id: "loading" })} />}
      {data !== undefined && (
        <div className={styles["content"]}>
          <Figures stats={data.deliveryStats} />
          <Suspense fallback={<LoadingState label={intl.formatMessage({ id: "loading" })} />}>
            <DeliveriesByTime stats={data.deliveryStats} />
          </Suspense>
        </div>
      )}
    </Panel>
  );
}

function Figures({ stats }: { stats: Stats }) {
  const intl = useIntl();
  const time = (ms: number | null | undefined) => (ms == null ? "–" : formatResponseTime(intl, ms));
  const rate =
    stats.successRate == null
      ? "–"
      : intl.formatNumber(stats.successRate, { style: "percent", maximumFractionDigits: 1 });
  return (
    <dl className={styles["figures"]}>
      <StatTile name={<FormattedMessage id="webhook.successRate" />}>{rate}</StatTile>
      <StatTile name={<FormattedMessage id="webhook.deliveries" />}>{intl.formatNumber(stats.total)}</StatTile>
      <StatTile name={<FormattedMessage id="status.FAILED" />}>{intl.formatNumber(stats.failed)}</StatTile>
      <StatTile name={<FormattedMessage id="status.SKIPPED" />}>{intl.formatNumber(stats.skipped)}</StatTile>
      <StatTile name={<FormattedMessage id="webhook.p50" />}>{time(stats.p50ResponseTimeMs)}</StatTile>
      <StatTile name={<FormattedMessage id="webhook.p95" />}>{time(stats.p95ResponseTimeMs)}</StatTile>
    </dl>
  );
}

function DeliveriesByTime({ stats: { buckets } }: { stats: Stats }) {
  const intl = useIntl();
  const chart = useMemo(
    () => ({
      ...bucketLabels(intl, buckets),
      series: shownStatuses.map(({ status, field, color }) => ({
        name: intl.formatMessage({ id: `status.${status}` }),
        color,
        values: buckets.map((bucket) => bucket[field]),
      })),
      formatValue: (value: number) => intl.formatNumber(value),
    }),
    [buckets, intl],
  );
  return (
    <Chart
      kind="bar"
      isStacked
      label={intl.formatMessage({ id: "webhook.chart" })}
      labelsTitle={intl.formatMessage({ id: "webhook.chartTime" })}
      {...chart}
    />
  );
}
