import { startEmbeddedPostgres } from "../embedded-postgres.ts";
import { migrate } from "../migrate.ts";

// `pnpm db:migrate`: applies the migrations that the database lacks. The server does the same when it starts.
const databaseUrl = process.env["DATABASE_URL"];
const dataDir = process.env["DATA_DIR"] ?? ".data";
try {
  const embedded = databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir, onLog: console.log }) : null;
  try {
    const { applied } = await migrate(databaseUrl ?? embedded?.url ?? "");
    for (const name of applied) console.log(`Applied ${name}.`);
    if (applied.length === 0) console.log("The database has all migrations already.");
  } finally {
    await embedded?.stop();
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
