import { memo, useMemo } from "react";
import { useIntl } from "react-intl";
import { bucketLabels } from "../../charts/bucket-labels.ts";
import { LazyChart } from "../../charts/lazy-chart.tsx";
import { Panel } from "../../components/panel.tsx";
import { formatResponseTime } from "../../components/response-time.ts";
import type { OverviewStatsFragment } from "../../graphql/generated/graphql.ts";
import styles from "./charts.module.css";

/** How fast receivers answered when. */
export const ResponseTimePanel = memo(function ResponseTimePanel({
  buckets,
}: {
  buckets: OverviewStatsFragment["buckets"];
}) {
  const intl = useIntl();
  const chart = useMemo(
    () => ({
      ...bucketLabels(intl, buckets),
      series: [
        {
          name: intl.formatMessage({ id: "stats.p50" }),
          color: "--vera-accent",
          values: buckets.map((bucket) => bucket.p50ResponseTimeMs ?? null),
        },
        {
          name: intl.formatMessage({ id: "stats.p95" }),
          color: "--status-retrying-fill",
          values: buckets.map((bucket) => bucket.p95ResponseTimeMs ?? null),
        },
      ] as const,
      formatValue: (value: number) => formatResponseTime(intl, value),
    }),
    [buckets, intl],
  );
  const title = intl.formatMessage({ id: "responseTime.title" });
  return (
    <Panel title={title}>
      <div className={styles["content"]}>
        <LazyChart kind="line" label={title} {...chart} />
      </div>
    </Panel>
  );
});
