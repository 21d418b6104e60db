import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

export interface RunOptions {
  /** Relative to the repository. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The environment of the tools: every package's commands, and the pinned Node before the machine's. */
export function toolEnvironment(cwd = "."): NodeJS.ProcessEnv {
  const bins = [join(ROOT, cwd, "node_modules/.bin"), join(ROOT, "node_modules/.bin")];
  return {
    ...process.env,
    PATH: [...bins, process.env["PATH"] ?? ""].join(delimiter),
    // Caches that some tools would leave in the system's temporary folder.
    JITI_FS_CACHE: "false",
    NODE_DISABLE_COMPILE_CACHE: "1",
  };
}

/** Runs a command in the foreground, and answers its exit code. An interrupt of ours ends it first. */
export function run(
  command: string,
  args: readonly string[],
  { cwd = ".", env = {} }: RunOptions = {},
): Promise<number> {
  const child = spawn(command, args, {
    cwd: join(ROOT, cwd),
    env: { ...toolEnvironment(cwd), ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on("SIGTERM", forward);
  process.on("SIGINT", forward);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      process.off("SIGTERM", forward);
      process.off("SIGINT", forward);
      resolve(code ?? (signal === null ? 0 : 1));
    });
  });
}

/** @throws when the command fails. */
export async function runOrThrow(command: string, args: readonly string[], options?: RunOptions): Promise<void> {
  const code = await run(command, args, options);
  if (code !== 0) throw new Error(`\`${command} ${args.join(" ")}\` ended with exit code ${code}.`);
}
