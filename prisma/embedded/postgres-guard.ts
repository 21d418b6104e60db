// Runs PostgreSQL for another process and outlives it, but not for long: when standard input, a pipe that only the owner holds,
// closes, PostgreSQL is stopped, however the owner ended. Its own session keeps it out of reach of Ctrl-C, so that the owner can
// still use the database while it drains. Node's built-in modules only: it is started on every start.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";

interface Instructions {
  readonly command: string;
  readonly args: readonly string[];
  readonly identity: { readonly uid: number; readonly gid: number } | null;
  /** Directory to remove once PostgreSQL was stopped; null to keep everything. */
  readonly removeAfterwards: string | null;
}

const { command, args, identity, removeAfterwards }: Instructions = JSON.parse(process.argv[2] ?? "");
let isStopping = false;

// The owner decides when it is over; these are meant for it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

const postgres = spawn(command, args, { ...identity, cwd: "/", stdio: ["ignore", 2, 2] });
postgres.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
postgres.on("exit", (code) => {
  if (isStopping && removeAfterwards !== null) rmSync(removeAfterwards, { recursive: true, force: true });
  process.exit(code ?? 1);
});

process.stdin.on("data", () => stop({ fastShutdownMs: 10_000 }));
for (const event of ["end", "close", "error"]) process.stdin.on(event, () => stop({ fastShutdownMs: 3000 }));

/** Fast shutdown; then immediate, which costs a recovery at the next start; then kill. */
function stop({ fastShutdownMs }: { fastShutdownMs: number }): void {
  if (isStopping) return;
  isStopping = true;
  postgres.kill("SIGINT");
  setTimeout(() => postgres.kill("SIGQUIT"), fastShutdownMs);
  setTimeout(() => postgres.kill("SIGKILL"), fastShutdownMs + 3000);
}
