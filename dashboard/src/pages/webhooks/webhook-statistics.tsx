import { useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { VolumeChart } from "../../charts/volume-chart.tsx";
import { formatShare } from "../../components/format-share.ts";
import { useMinuteMs } from "../../components/now.ts";
import { Panel } from "../../components/panel.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { formatResponseTime } from "../../components/response-time.ts";
import { StatTile } from "../../components/stat-tile.tsx";
import { TimeRangePicker } from "../../components/time-range-picker.tsx";
import { useThrottledEffect } from "../../components/use-throttled-effect.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import type { WebhookStatistics_StatsQuery } from "../../graphql/generated/graphql.ts";
import { type TimeRangeSearch, timeRangeOf } from "../../url/time-range.ts";
import styles from "./webhook-statistics.module.css";

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

/** How soon the figures follow the deliveries. */
const refreshMs = 3_000;

/** How a webhook did in the chosen time, kept up to date. */
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
  const { since, until } = timeRangeOf(range, useMinuteMs());
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
      <QueryBoundary data={data} error={error} onRetry={reloadNow}>
        {({ deliveryStats }) => (
          <div className={styles["content"]}>
            <Figures stats={deliveryStats} />
            <VolumeChart buckets={deliveryStats.buckets} />
          </div>
        )}
      </QueryBoundary>
    </Panel>
  );
}

function Figures({ stats }: { stats: Stats }) {
  const intl = useIntl();
  const time = (ms: number | null | undefined) => (ms == null ? "–" : formatResponseTime(intl, ms));
  const rate = stats.successRate == null ? "–" : formatShare(intl, stats.successRate);
  return (
    <dl className={styles["figures"]}>
      <StatTile name={<FormattedMessage id="stats.successRate" />}>{rate}</StatTile>
      <StatTile name={<FormattedMessage id="stats.total" />}>{intl.formatNumber(stats.total)}</StatTile>
      <StatTile name={<FormattedMessage id="status.FAILED" />}>{intl.formatNumber(stats.failed)}</StatTile>
      <StatTile name={<FormattedMessage id="status.SKIPPED" />}>{intl.formatNumber(stats.skipped)}</StatTile>
      <StatTile name={<FormattedMessage id="stats.p50" />}>{time(stats.p50ResponseTimeMs)}</StatTile>
      <StatTile name={<FormattedMessage id="stats.p95" />}>{time(stats.p95ResponseTimeMs)}</StatTile>
    </dl>
  );
}
