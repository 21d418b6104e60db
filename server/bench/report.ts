import type { BullmqResult } from "./bullmq.ts";
import type { Machine } from "./machine.ts";
import type { LatencyResult, SustainedResult } from "./measure-product.ts";
import { cpuMicrosPerDelivery, isSustained, type Window } from "./measure-window.ts";
import type { RawLimits } from "./raw-limits.ts";

/** All that a run measured; null: not asked for, or not possible here. */
export interface Results {
  readonly machine: Machine;
  readonly batches: SustainedResult | null;
  readonly singles: SustainedResult | null;
  /** At the rate that the goals name. */
  readonly calm: LatencyResult | null;
  /** Single calls at half of the sustained rate of single calls. */
  readonly halfLoad: LatencyResult | null;
  readonly raw: RawLimits | null;
  /** Null without Redis. */
  readonly bullmq: readonly BullmqResult[] | null;
}

const GOALS = {
  batchesPerSecondMin: 5_000,
  batchesPerSecond: 10_000,
  singlesPerSecond: 7_000,
  timesBullmq: 2,
  cpuMicros: 150,
  firstByteP50Ms: 5,
  firstByteP99Ms: 20,
  halfLoadAckP99Ms: 15,
} as const;

/** Share of the machine that others may use before the figures say more about them than about us. */
const OTHERS_MAX = 0.05;

/** The table, the verdicts and the notes, as text. */
export function formatReport(results: Results): string {
  const { machine } = results;
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}; ` +
      `load average before ${machine.loadBefore.toFixed(2)}; 8 KB reach the disk in ${machine.syncMs.toFixed(2)} ms`,
    ...[table(throughputRows(results)), table(latencyRows(results)), verdicts(results), notes(results)]
      .filter((lines) => lines.length > 0)
      .flatMap((lines) => ["", ...lines]),
  ].join("\n");
}

function throughputRows(results: Results): string[][] {
  const rows = [
    ["", "per second", "Node µs", "PostgreSQL µs", "others µs", "backlog", "machine", "complete"],
    ...(results.batches ? [productRow("VERA-QR, publishOrderEvents", results.batches)] : []),
    ...(results.singles ? [productRow("VERA-QR, publishOrderEvent", results.singles)] : []),
    ...(results.bullmq ?? []).map((result) => [
      `BullMQ, ${result.batchesLog ? "log in batches" : "log row each"}`,
      count(result.window.deliveriesPerSecond),
      count(cpuMicrosPerDelivery(result.window, ...workerNames(result.window))),
      count(cpuMicrosPerDelivery(result.window, "postgres")),
      `Redis ${count(cpuMicrosPerDelivery(result.window, "redis"))}, ${harness(result.window)}`,
      backlog(result.window),
      machineShare(results, result.window),
      result.isComplete ? "yes" : "NO",
    ]),
  ];
  if (results.raw) {
    const { posts, inserts } = results.raw;
    rows.push(["limit: undici POSTs alone", count(posts.perSecond), count(posts.nodeMicrosEach)]);
    rows.push([
      "limit: batched inserts alone",
      count(inserts.perSecond),
      count(inserts.nodeMicrosEach),
      count(inserts.postgresMicrosEach ?? Number.NaN),
    ]);
  }
  return rows;

  function productRow(name: string, { window, completeness }: SustainedResult): string[] {
    return [
      name,
      count(window.deliveriesPerSecond),
      count(cpuMicrosPerDelivery(window, "server")),
      count(cpuMicrosPerDelivery(window, "postgres")),
      harness(window),
      backlog(window),
      machineShare(results, window),
      completeness.isComplete ? "yes" : "NO",
    ];
  }
}

/** Receiver and load generator: what the harness itself costs per delivery. */
function harness(window: Window): string {
  return `receiver ${count(cpuMicrosPerDelivery(window, "receiver"))}, load ${count(cpuMicrosPerDelivery(window, "load"))}`;
}

function workerNames(window: Window): string[] {
  return Object.keys(window.cpuSeconds).filter((name) => name.startsWith("worker"));
}

function backlog(window: Window): string {
  const last = window.backlog.at(-1) ?? 0;
  return `${count(last)} (${signed(window.backlogGrowthPerSecond)}/s)`;
}

/** How busy the machine was with us, and with others. */
function machineShare({ machine }: Results, window: Window): string {
  const capacity = window.seconds * machine.cores;
  const ours = Object.values(window.cpuSeconds).reduce((sum, seconds) => sum + seconds, 0);
  return `${percent(ours / capacity)} + others ${percent(window.otherCpuSeconds / capacity)}`;
}

function latencyRows(results: Results): string[][] {
  const row = (name: string, values: { p50: number; p95: number; p99: number; max: number }): string[] => [
    name,
    ...[values.p50, values.p95, values.p99, values.max].map(milliseconds),
  ];
  const ofLoad = (load: LatencyResult): string[][] => {
    const rate = `${count(load.eventsPerSecond)} events/s`;
    return [
      row(`publish → acknowledged, ${rate}`, load.ackMs),
      row(`publish → first byte at the receiver, ${rate}`, load.firstByteMs),
      row(`(late load generator, contained above), ${rate}`, load.generatorLagMs),
    ];
  };
  return [
    ["milliseconds", "p50", "p95", "p99", "max"],
    ...(results.calm ? ofLoad(results.calm) : []),
    ...(results.halfLoad ? ofLoad(results.halfLoad) : []),
    ...(results.batches ? [row("publishOrderEvents acknowledged, saturated", results.batches.ackMs)] : []),
    ...(results.singles ? [row("publishOrderEvent acknowledged, saturated", results.singles.ackMs)] : []),
  ];
}

function verdicts(results: Results): string[] {
  const lines: string[] = [];
  const judge = (isMet: boolean, text: string): void => void lines.push(`${isMet ? "met   " : "MISSED"}  ${text}`);
  const { batches, singles, calm, halfLoad, bullmq } = results;
  if (batches) {
    const { window, completeness } = batches;
    const rate = window.deliveriesPerSecond;
    const seconds = `for ${Math.round(window.seconds)} s`;
    judge(
      rate >= GOALS.batchesPerSecondMin && isSustained(window),
      `${count(rate)} deliveries/s sustained ${seconds} (at least ${count(GOALS.batchesPerSecondMin)})`,
    );
    judge(
      rate >= GOALS.batchesPerSecond && isSustained(window),
      `${count(rate)} deliveries/s sustained ${seconds} (goal ${count(GOALS.batchesPerSecond)})`,
    );
    const cpu = cpuMicrosPerDelivery(window, "server", "postgres");
    judge(cpu <= GOALS.cpuMicros, `${count(cpu)} µs of CPU per delivery (goal ${GOALS.cpuMicros})`);
    judge(completeness.isComplete, `nothing lost, nothing twice, queue empty: ${describeCompleteness(batches)}`);
  }
  if (singles) {
    const { window } = singles;
    judge(
      window.deliveriesPerSecond >= GOALS.singlesPerSecond && isSustained(window),
      `${count(window.deliveriesPerSecond)} deliveries/s with single calls (goal ${count(GOALS.singlesPerSecond)})`,
    );
    judge(singles.completeness.isComplete, `single calls complete: ${describeCompleteness(singles)}`);
  }
  if (batches && bullmq && bullmq.length > 0) {
    const best = Math.max(...bullmq.map(({ window }) => window.deliveriesPerSecond));
    const times = batches.window.deliveriesPerSecond / best;
    const cheapest = Math.min(
      ...bullmq.map(({ window }) => cpuMicrosPerDelivery(window, ...workerNames(window), "postgres", "redis")),
    );
    const timesCheaper = cheapest / cpuMicrosPerDelivery(batches.window, "server", "postgres");
    judge(
      times >= GOALS.timesBullmq,
      `${times.toFixed(1)} times the fastest BullMQ row (at least ${GOALS.timesBullmq}), at ${timesCheaper.toFixed(1)} times less CPU per delivery`,
    );
  }
  if (calm) {
    const { p50, p99 } = calm.firstByteMs;
    judge(
      p50 <= GOALS.firstByteP50Ms && p99 <= GOALS.firstByteP99Ms,
      `first byte after p50 ${milliseconds(p50)} ms, p99 ${milliseconds(p99)} ms at ${count(calm.eventsPerSecond)} events/s (goal ${GOALS.firstByteP50Ms} and ${GOALS.firstByteP99Ms})`,
    );
  }
  if (halfLoad) {
    judge(
      halfLoad.ackMs.p99 <= GOALS.halfLoadAckP99Ms,
      `acknowledged within ${milliseconds(halfLoad.ackMs.p99)} ms (p99) at half load (goal ${GOALS.halfLoadAckP99Ms})`,
    );
  }
  return lines;
}

function describeCompleteness({ completeness, peakMemoryMb }: SustainedResult): string {
  const { publishedEvents, arrived, repeats, recorded, recordedByApi, failedCalls, firstFailure } = completeness;
  const failures = failedCalls === 0 ? "" : `, ${failedCalls} failed calls (${firstFailure})`;
  const memory = peakMemoryMb === null ? "" : `, server's memory at most ${peakMemoryMb} MB`;
  return (
    `${count(publishedEvents)} events published, ${count(arrived)} deliveries arrived, ${count(repeats)} of them again, ` +
    `${count(recorded["success"] ?? 0)} recorded (${count(recordedByApi)} by the API), ` +
    `drained in ${completeness.drainSeconds.toFixed(1)} s${memory}${failures}`
  );
}

function notes({ machine, bullmq, batches, singles }: Results): string[] {
  const lines = [
    "Per delivery: Node is the server (or BullMQ's workers), PostgreSQL all its processes. Receiver and load generator share the machine.",
    "Fan-out 2, 1 KB payloads, PostgreSQL with fsync and synchronous_commit on, log level info to /dev/null.",
  ];
  if (bullmq !== null && bullmq.length > 0) {
    lines.push(
      `BullMQ: ${bullmq[0]?.workers} worker processes, Redis ${machine.redis} with appendfsync everysec (up to a second can be lost); jobs are added without an API, and no event, state or statistics are stored.`,
    );
  }
  if (bullmq === null) lines.push("BullMQ is left out: there is no redis-server in PATH.");
  if (machine.isInMemory) lines.push("WARNING: the databases lie in memory; set TMPDIR to a directory on a disk.");
  if (machine.cpuTimeSource === "ps") lines.push("CPU times are from ps and rough: there is no /proc here.");
  const windows = [batches, singles, ...(bullmq ?? [])].flatMap((row) => (row === null ? [] : [row.window]));
  const others = Math.max(0, ...windows.map((window) => window.otherCpuSeconds / (window.seconds * machine.cores)));
  if (others > OTHERS_MAX) {
    lines.push(`WARNING: other programs used up to ${percent(others)} of the machine: repeat this when it is quiet.`);
  }
  return lines;
}

/** Nothing when there are no rows but the headings. */
function table(rows: readonly (readonly string[])[]): string[] {
  if (rows.length < 2) return [];
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${count(Math.abs(value))}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function milliseconds(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}
