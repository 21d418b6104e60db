import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

// Writes the Prisma client and the Pothos types to generated/. Prisma looks for its native schema engine, and would download
// it, although generating does not use it: pointed at any existing file it is content.
const directory = import.meta.dirname;
const prismaPackage = createRequire(import.meta.url).resolve("prisma/package.json");
const { status } = spawnSync(process.execPath, [join(dirname(prismaPackage), "build", "index.js"), "generate"], {
  cwd: directory,
  stdio: "inherit",
  env: {
    ...process.env,
    // The Pothos generator is started by name, and must run on this Node too.
    PATH: [join(directory, "node_modules", ".bin"), dirname(process.execPath), process.env["PATH"]].join(delimiter),
    PRISMA_SCHEMA_ENGINE_BINARY: join(directory, "package.json"),
  },
});
process.exitCode = status ?? 1;
