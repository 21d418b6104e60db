import styles from "./sparkline.module.css";
import { type SparklineColumn, sparklineColumns } from "./sparkline-columns.ts";

const columnsMax = 32;
const height = 28;
const columnWidth = 5;
const gap = 2;

/** How deliveries went, in a line's height: what failed lies red on what was accepted. */
export function Sparkline({
  label,
  buckets,
}: {
  /** The same in words. */
  label: string;
  buckets: readonly SparklineColumn[];
}) {
  const columns = sparklineColumns(buckets, columnsMax);
  const highest = Math.max(1, ...columns.map(({ success, failed }) => success + failed));
  const scaled = (count: number) => (count === 0 ? 0 : Math.max(2, (count / highest) * height));
  return (
    <svg
      className={styles["sparkline"]}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${columns.length * (columnWidth + gap)} ${height}`}
      preserveAspectRatio="none"
    >
      {columns.map(({ success, failed }, column) => {
        const x = column * (columnWidth + gap);
        const failedHeight = scaled(failed);
        const successHeight = Math.min(scaled(success), height - failedHeight);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          <g key={column}>
            <rect className={styles["ground"]} x={x} y={height - 1} width={columnWidth} height={1} />
            <rect
              className={styles["success"]}
              x={x}
              y={height - successHeight}
              width={columnWidth}
              height={successHeight}
            />
            <rect
              className={styles["failed"]}
              x={x}
              y={height - successHeight - failedHeight}
              width={columnWidth}
              height={failedHeight}
            />
          </g>
        );
      })}
    </svg>
  );
}
