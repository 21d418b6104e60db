import { join } from "node:path";
import { startBenchPostgres } from "./bench-postgres.ts";
import { readCpuSeconds } from "./cpu-time.ts";
import { startHelperProcess } from "./helper-process.ts";
import type { RawInsert } from "./raw-insert.ts";
import type { RawPost } from "./raw-post.ts";
import type { Teardown } from "./teardown.ts";

export interface RawLimit {
  readonly perSecond: number;
  readonly nodeMicrosEach: number;
  /** Null where no database takes part. */
  readonly postgresMicrosEach: number | null;
}

export interface RawLimits {
  readonly posts: RawLimit;
  readonly inserts: RawLimit;
}

const CONCURRENT_POSTS = 256;
const ROWS_PER_STATEMENT = 256;
const CONNECTIONS = 4;

/** What this machine can do at most: sending alone, then storing alone. */
export async function measureRawLimits(options: {
  directory: string;
  receiverPorts: readonly number[];
  warmUpSeconds: number;
  seconds: number;
  teardown: Teardown;
}): Promise<RawLimits> {
  const { teardown, warmUpSeconds, seconds } = options;
  const poster = startHelperProcess<RawPost>("raw-post.ts");
  teardown.add(() => poster.stop());
  const posts = await poster.call("run", {
    urls: options.receiverPorts.map((port) => `http://127.0.0.1:${port}`),
    concurrency: CONCURRENT_POSTS,
    warmUpSeconds,
    seconds,
  });
  await poster.stop();

  const postgres = await startBenchPostgres(join(options.directory, "raw-postgres"), teardown);
  const inserter = startHelperProcess<RawInsert>("raw-insert.ts");
  teardown.add(() => inserter.stop());
  const [usedBefore = 0] = readCpuSeconds([postgres.pid]);
  const inserts = await inserter.call("run", {
    databaseUrl: postgres.url,
    rowsPerStatement: ROWS_PER_STATEMENT,
    connections: CONNECTIONS,
    warmUpSeconds,
    seconds,
  });
  const [usedAfter = 0] = readCpuSeconds([postgres.pid]);
  const rows = await postgres.number("SELECT count(*) FROM raw_rows");
  await inserter.stop();
  await postgres.stop();
  return {
    posts: { perSecond: posts.perSecond, nodeMicrosEach: posts.cpuMicrosEach, postgresMicrosEach: null },
    inserts: {
      perSecond: inserts.perSecond,
      nodeMicrosEach: inserts.cpuMicrosEach,
      postgresMicrosEach: ((usedAfter - usedBefore) * 1e6) / rows,
    },
  };
}
