import { startEmbeddedPostgres } from "../../embedded-postgres.ts";

// A process that owns an embedded PostgreSQL: prints its URL, or the error, and lives until it is told to stop or killed.
const [dataDir = ""] = process.argv.slice(2);
try {
  const postgres = await startEmbeddedPostgres({ dataDir, onLog: (line) => console.error(line) });
  process.once("SIGTERM", () => void postgres.stop());
  console.log(postgres.url);
} catch (error) {
  console.log((error as Error).message);
  process.exitCode = 1;
}
