import { useComputedColorScheme } from "@mantine/core";
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart as ChartJs,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { useEffect, useRef } from "react";
import styles from "./chart.module.css";

ChartJs.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

export interface ChartSeries {
  readonly name: string;
  /** A custom property of the theme, such as `--status-success-fill`. */
  readonly color: `--${string}`;
  /** One for each label; null: nothing was measured. */
  readonly values: readonly (number | null)[];
}

export interface ChartProps {
  readonly kind: "bar" | "line";
  /** What it shows; the name of the table that says the same in words. */
  readonly label: string;
  readonly isStacked?: boolean;
  readonly labelsTitle: string;
  /** Written times, the oldest first. */
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly formatValue: (value: number) => string;
}

/** The only place that knows Chart.js: it owns the instance, its updates (one per frame), its colours and its end. */
export function Chart(props: ChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<ChartJs>(null);
  const colorScheme = useComputedColorScheme();
  const { kind, isStacked = false, labels, series, formatValue } = props;

  useEffect(() => {
    if (canvas.current === null) return;
    const created = new ChartJs(canvas.current, {
      type: kind,
      data: { labels: [], datasets: [] },
      options: { animation: false, parsing: false, responsive: true, maintainAspectRatio: false },
    });
    chart.current = created;
    return () => {
      chart.current = null;
      created.destroy();
    };
  }, [kind]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read anew when the theme changes, and drawn on the chart of that kind
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (chart.current === null) return;
      const color = themeColors(chart.current.canvas);
      chart.current.data.labels = [...labels];
      chart.current.data.datasets = series.map(({ name, color: property, values }) => ({
        label: name,
        data: values.map((y, x) => ({ x, y: y ?? Number.NaN })),
        backgroundColor: color(property),
        borderColor: color(property),
        borderWidth: kind === "line" ? 2 : 0,
        pointRadius: 0,
        pointHitRadius: 12,
      }));
      const axis = { grid: { color: color("--vera-line") }, border: { display: false } };
      const ticks = { color: color("--mantine-color-dimmed"), maxRotation: 0, autoSkipPadding: 16 };
      chart.current.options.interaction = { mode: "index", intersect: false };
      chart.current.options.scales = {
        x: { stacked: isStacked, ticks, grid: { display: false }, border: axis.border },
        y: { ...axis, stacked: isStacked, beginAtZero: true, ticks: { ...ticks, precision: 0, maxTicksLimit: 5 } },
      };
      chart.current.options.plugins = {
        tooltip: {
          callbacks: { label: ({ dataset, parsed }) => `${dataset.label}: ${formatValue(parsed.y ?? 0)}` },
        },
      };
      chart.current.update("none");
    });
    return () => cancelAnimationFrame(frame);
  }, [kind, isStacked, labels, series, formatValue, colorScheme]);

  return (
    <div className={styles["chart"]}>
      <div className={styles["picture"]} aria-hidden="true">
        <canvas ref={canvas} />
      </div>
      {/* Around the table: a table itself cannot be narrower than its content. */}
      <div className="visually-hidden">
        <ChartTable {...props} />
      </div>
    </div>
  );
}

/** The same in words, for people who do not see the picture. */
function ChartTable({ label, labelsTitle, labels, series, formatValue }: ChartProps) {
  return (
    <table>
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">{labelsTitle}</th>
          {series.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {labels.map((time, row) => (
          <tr key={time}>
            <th scope="row">{time}</th>
            {series.map(({ name, values }) => (
              <td key={name}>{values[row] == null ? "–" : formatValue(values[row])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function themeColors(element: Element): (property: string) => string {
  const style = getComputedStyle(element);
  return (property) => style.getPropertyValue(property);
}
