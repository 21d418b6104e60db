import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "../../scripts/build.ts";
import { runBenchmark } from "../../server/bench/run-benchmark.ts";
import { measureBusyEvening } from "./busy-evening.ts";
import { measureFirstLoad } from "./first-load.ts";
import { measureLargeBody } from "./large-body.ts";
import { measureLongLog } from "./long-log.ts";
import { measurePausedFeed } from "./paused-feed.ts";
import { type Figure, table } from "./report.ts";
import { type Setup, setUp } from "./setup.ts";

// `pnpm bench:dashboard`: what the dashboard is like under load, in a real browser on the built product.

const USAGE = `Usage: node e2e/bench/main.ts [--seconds N] [--only PART]

  --seconds N   measured seconds of the busy evening (default 60)
  --only PART   feed, paused, log, load or body; without it, all of them, and the report goes to docs/measurements`;

const REPORT = fileURLToPath(new URL("../../docs/measurements/dashboard.txt", import.meta.url));

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    only: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const seconds = Number(options.seconds);

const PARTS: Readonly<Record<string, (setup: Setup, organizationId: string) => Promise<readonly Figure[]>>> = {
  feed: (setup, organizationId) => measureBusyEvening(setup, organizationId, seconds),
  paused: measurePausedFeed,
  load: measureFirstLoad,
  body: async (setup, organizationId) => [await measureLargeBody(setup, organizationId)],
  log: measureLongLog,
};
const parts = Object.keys(PARTS).filter((name) => options.only === undefined || options.only === name);
if (options.help || !(seconds >= 5 && seconds <= 3600) || parts.length === 0) {
  console.error(USAGE);
  process.exit(options.help ? 0 : 1);
}

await runBenchmark(async (scope) => {
  await build();
  const setup = await setUp(scope);
  const organizationId = setup.product.organizationIds.at(-1) as string;
  const figures: Figure[] = [];
  for (const name of parts) figures.push(...((await PARTS[name]?.(setup, organizationId)) ?? []));
  const { cpu, cores, memoryGb, node, loadBefore } = setup.machine;
  const report = [
    `${cpu}, ${cores} cores, ${memoryGb} GB, Node ${node}, Chromium ${setup.browser.version()}, all on one machine`,
    `load average ${loadBefore.toFixed(1)} before, ${loadavg()[0]?.toFixed(1)} at the end`,
    "",
    table(figures),
  ].join("\n");
  console.log(report);
  if (options.only === undefined) writeFileSync(REPORT, `${report}\n`);
});
