import { useMemo } from "react";
import { useIntl } from "react-intl";
import { bucketLabels } from "./bucket-labels.ts";
import { LazyChart } from "./lazy-chart.tsx";

const shownStatuses = [
  { status: "SUCCESS", field: "success", color: "--status-success-fill" },
  { status: "FAILED", field: "failed", color: "--status-failed-fill" },
  { status: "CANCELLED", field: "cancelled", color: "--status-cancelled-fill" },
  { status: "SKIPPED", field: "skipped", color: "--status-skipped-fill" },
] as const;

type VolumeBucket = { readonly start: string } & Readonly<Record<(typeof shownStatuses)[number]["field"], number>>;

/** How much was delivered when, by how it ended. */
export function VolumeChart({ buckets }: { buckets: readonly VolumeBucket[] }) {
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
  return <LazyChart kind="bar" isStacked label={intl.formatMessage({ id: "volume.title" })} {...chart} />;
}
