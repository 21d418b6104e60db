import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { startEmbeddedPostgres } from "../embedded-postgres.ts";
import { writeMigration } from "../migration.ts";

// `pnpm db:migration <name>`: what has to change in the database for it to agree with schema.prisma again.
const [name = ""] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error(
    "Name the migration in lower case with underscores, for example: pnpm db:migration add_delivery_priority",
  );
  process.exit(1);
}

const scratch = await startEmbeddedPostgres({
  dataDir: mkdtempSync(join(tmpdir(), "vera-qr-scratch-")),
  isTemporary: true,
});
try {
  const path = await writeMigration({ scratchUrl: scratch.url, name, now: new Date() });
  console.log(
    path === null
      ? "The migrations already lead to what schema.prisma says; nothing was written."
      : `Wrote ${relative(process.cwd(), path)}. Read and finish it, then apply it with: pnpm db:migrate`,
  );
} finally {
  await scratch.stop();
}
