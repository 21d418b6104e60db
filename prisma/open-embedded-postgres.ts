import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { readPassword } from "./embedded/data-directory.ts";
import { findPostmaster } from "./embedded/postmaster.ts";
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
  urlOf,
} from "./embedded-postgres.ts";

/** The embedded database of a directory, for a command beside the service: the one that a running service keeps up, else one of the command's own. */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const pgData = existsSync(options.dataDir) ? join(realpathSync(options.dataDir), "postgres") : null;
  const running = pgData === null ? null : findPostmaster(pgData);
  if (pgData === null || !running?.isReady) return await startEmbeddedPostgres(options);
  return { url: urlOf("vera_qr", running.port, readPassword(pgData)), stop: async () => {} };
}
