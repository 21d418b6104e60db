import { lazy, Suspense, useMemo } from "react";
import { useIntl } from "react-intl";
import { bucketLabels } from "../../charts/bucket-labels.ts";
import { LoadingState } from "../../components/list-states.tsx";
import { Panel } from "../../components/panel.tsx";
import type { OverviewStatsFragment } from "../../graphql/generated/graphql.ts";
import styles from "./charts.module.css";

const Chart = lazy(() => import("../../charts/chart.tsx").then((module) => ({ default: module.Chart })));

const shownStatuses = [
  { status: "SUCCESS", field: "success", color: "--status-success-fill" },
  { status: "FAILED", field: "failed", color: "--status-failed-fill" },
  { status: "CANCELLED", field: "cancelled", color: "--status-cancelled-fill" },
  { status: "SKIPPED", field: "skipped", color: "--status-skipped-fill" },
] as const;

/** How much was delivered when, by how it ended. */
export function VolumePanel({ buckets }: { buckets: OverviewStatsFragment["buckets"] }) {
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
  const title = intl.formatMessage({ id: "volume.title" });
  return (
    <Panel title={title}>
      <div className={styles["content"]}>
        <Suspense fallback={<LoadingState label={intl.formatMessage({ id: "loading" })} />}>
          <Chart
            kind="bar"
            isStacked
            label={title}
            labelsTitle={intl.formatMessage({ id: "overview.time" })}
            {...chart}
          />
        </Suspense>
      </div>
    </Panel>
  );
}
