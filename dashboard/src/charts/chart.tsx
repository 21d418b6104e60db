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
  type Scale,
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
  /** The same, as short as an axis needs them; null where it has no mark. */
  readonly axisLabels: readonly (string | null)[];
  readonly series: readonly ChartSeries[];
  readonly formatValue: (value: number) => string;
}

/** The only place that knows Chart.js: it owns the instance, its updates (one per frame), its colours and its end. */
export function Chart(props: ChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<ChartJs>(null);
  const colorScheme = useComputedColorScheme();
  const { kind, isStacked = false, labels, axisLabels, series, formatValue } = props;

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

  const written = useRef({ axisLabels, formatValue });
  useEffect(() => {
    written.current = { axisLabels, formatValue };
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read anew when the theme changes, and belong to the chart of that kind
  useEffect(() => {
    if (chart.current === null) return;
    const color = themeColors(chart.current.canvas);
    const axis = { grid: { color: color("--vera-line") }, border: { display: false } };
    const ticks = { color: color("--mantine-color-dimmed"), maxRotation: 0, autoSkipPadding: 16 };
    const timeTicks = {
      ...ticks,
      callback: (index: string | number) => written.current.axisLabels[Number(index)] ?? "",
    };
    const keepMarked = (scale: Scale) => {
      scale.ticks = scale.ticks.filter(({ value }) => written.current.axisLabels[value] != null);
    };
    const valueTicks = {
      ...ticks,
      precision: 0,
      maxTicksLimit: 5,
      callback: (value: string | number) => written.current.formatValue(Number(value)),
    };
    chart.current.options.interaction = { mode: "index", intersect: false };
    chart.current.options.scales = {
      x: {
        stacked: isStacked,
        ticks: timeTicks,
        afterBuildTicks: keepMarked,
        grid: { display: false },
        border: axis.border,
      },
      y: { ...axis, stacked: isStacked, beginAtZero: true, ticks: valueTicks },
    };
    chart.current.options.plugins = {
      tooltip: {
        callbacks: {
          label: ({ dataset, parsed }) => `${dataset.label}: ${written.current.formatValue(parsed.y ?? 0)}`,
        },
      },
    };
  }, [kind, isStacked, colorScheme]);

  // Only what changes with every update: new options or new datasets would have everything measured anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew for whatever is written on the axes, on the chart of that kind and in the colours of the theme
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (chart.current === null) return;
      const color = themeColors(chart.current.canvas);
      const { data } = chart.current;
      data.labels = [...labels];
      data.datasets = series.map(({ name, color: property, values }, index) =>
        Object.assign(data.datasets[index] ?? {}, {
          label: name,
          data: values.map((y, x) => ({ x, y: y ?? Number.NaN })),
          backgroundColor: color(property),
          borderColor: color(property),
          borderWidth: kind === "line" ? 2 : 0,
          // A value without neighbours has no line to be seen by.
          pointRadius: ({ dataIndex }: { dataIndex: number }) => (isAlone(values, dataIndex) ? 2.5 : 0),
          pointHitRadius: 12,
        }),
      );
      chart.current.update("none");
    });
    return () => cancelAnimationFrame(frame);
  }, [kind, isStacked, labels, axisLabels, series, formatValue, colorScheme]);

  return (
    <div className={styles["chart"]}>
      <Legend series={series} />
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

/** Only for people who see the picture: the table names its columns itself. */
function Legend({ series }: Pick<ChartProps, "series">) {
  return (
    <div className={styles["legend"]} aria-hidden="true">
      {series.map(({ name, color }) => (
        <span key={name} className={styles["entry"]}>
          <span className={styles["swatch"]} style={{ background: `var(${color})` }} />
          {name}
        </span>
      ))}
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

function isAlone(values: ChartSeries["values"], index: number): boolean {
  return values[index] != null && values[index - 1] == null && values[index + 1] == null;
}

function themeColors(element: Element): (property: string) => string {
  const style = getComputedStyle(element);
  return (property) => style.getPropertyValue(property);
}
