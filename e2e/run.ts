import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// Playwright, Chromium and the servers under test leave caches and profiles in the temporary directory: they get one
// of their own, which goes away with the run. The embedded PostgreSQL, which is not root, must be able to pass it.
const temporary = mkdtempSync(join(tmpdir(), "vera-qr-e2e-"));
chmodSync(temporary, 0o711);

const cli = join(dirname(createRequire(import.meta.url).resolve("@playwright/test/package.json")), "cli.js");
const playwright = spawn(process.execPath, [cli, "test", ...process.argv.slice(2)], {
  cwd: fileURLToPath(new URL(".", import.meta.url)),
  env: { ...process.env, TMPDIR: temporary },
  stdio: "inherit",
});

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => playwright.kill(signal));
playwright.on("exit", (code) => {
  rmSync(temporary, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});
