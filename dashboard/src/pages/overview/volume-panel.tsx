import { lazy, Suspense, useMemo } from "react";
import { useIntl } from "react-intl";
import { useQuery } from "urql";
import { ErrorState, LoadingState } from "../../components/list-states.tsx";
import { useNowMs } from "../../components/now.ts";
import { Panel } from "../../components/panel.tsx";
import { TimeRangePicker } from "../../components/time-range-picker.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { VolumePanel_StatsQuery } from "../../graphql/generated/graphql.ts";
import { type TimeRangeSearch, timeRangeOf } from "../../url/time-range.ts";
import styles from "./volume-panel.module.css";

const Chart = lazy(() => import("../../charts/chart.tsx").then((module) => ({ default: module.Chart })));

const VolumePanel_Stats = graphql(`
  query VolumePanel_Stats($organizationId: ID!, $range: TimeRange!, $timeZone: String!) {
    deliveryStats(organizationId: $organizationId, range: $range, timeZone: $timeZone) {
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

type Bucket = VolumePanel_StatsQuery["deliveryStats"]["buckets"][number];

const minuteMs = 60_000;

const shownStatuses = [
  { status: "SUCCESS", field: "success", color: "--status-success-fill" },
  { status: "FAILED", field: "failed", color: "--status-failed-fill" },
  { status: "CANCELLED", field: "cancelled", color: "--status-cancelled-fill" },
  { status: "SKIPPED", field: "skipped", color: "--status-pending-fill" },
] as const;

/** How much was delivered when, by how it ended; renewed every minute. */
export function VolumePanel({
  organizationId,
  range,
  onRangeChange,
}: {
  organizationId: string;
  range: TimeRangeSearch;
  onRangeChange: (range: TimeRangeSearch) => void;
}) {
  const intl = useIntl();
  const minute = Math.ceil(useNowMs() / minuteMs) * minuteMs;
  const { since, until } = timeRangeOf(range, minute);
  const variables = useMemo(
    () => ({
      organizationId,
      range: { since, until },
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    }),
    [organizationId, since, until],
  );
  const [{ data, error }, reload] = useQuery({ query: VolumePanel_Stats, variables });
  return (
    <Panel
      title={intl.formatMessage({ id: "volume.title" })}
      aside={<TimeRangePicker value={range} onChange={onRangeChange} />}
    >
      <div className={styles["content"]}>
        {data === undefined && error !== undefined && (
          <ErrorState error={error} onRetry={() => reload({ requestPolicy: "network-only" })} />
        )}
        {data === undefined && error === undefined && <LoadingState label={intl.formatMessage({ id: "loading" })} />}
        {data !== undefined && (
          <Suspense fallback={<LoadingState label={intl.formatMessage({ id: "loading" })} />}>
            <VolumeChart buckets={data.deliveryStats.buckets} />
          </Suspense>
        )}
      </div>
    </Panel>
  );
}

function VolumeChart({ buckets }: { buckets: readonly Bucket[] }) {
  const intl = useIntl();
  const chart = useMemo(
    () => ({
      labels: buckets.map(({ start }) =>
        intl.formatDate(start, { month: "short", day: "numeric", hour: "numeric", minute: "numeric" }),
      ),
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
      label={intl.formatMessage({ id: "volume.title" })}
      labelsTitle={intl.formatMessage({ id: "volume.time" })}
      {...chart}
    />
  );
}
