import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { eventually } from "./fixtures.ts";
import { OPERATOR_KEY, type TestService } from "./test-service.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** The service as an operating system process of its own: it can be killed, frozen and told to stop. */
export interface ServerProcess extends Pick<TestService, "graphql" | "origin"> {
  readonly pid: number;
  /** Everything that it has printed so far. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** What it exited with. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Ends it if it still runs. */
  dispose(): Promise<void>;
}

/** Starts a process and resolves when it is ready. @throws with its output when it exits instead. */
export async function startServerProcess(
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      ENCRYPTION_KEY: "11".repeat(32),
      BOOTSTRAP_API_KEY: OPERATOR_KEY,
      LOG_LEVEL: "error",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  let isGone = false;
  const exited = new Promise<Awaited<ServerProcess["exited"]>>((resolve) => {
    child.once("exit", (code, signal) => {
      isGone = true;
      resolve({ code, signal });
    });
  });
  const origin = `http://127.0.0.1:${port}`;
  await eventually(
    async () => {
      if (isGone) throw new Error(`The process exited:\n${output}`);
      return fetch(`${origin}/readyz`).then(
        ({ status }) => status,
        () => 0,
      );
    },
    (status) => status === 200,
    20_000,
  );
  return {
    origin,
    pid: child.pid as number,
    output: () => output,
    exited,
    kill: (signal) => void child.kill(signal),
    async dispose() {
      child.kill("SIGKILL");
      await exited;
    },
    async graphql<T>(query: string, variables: Record<string, unknown> = {}) {
      const response = await fetch(`${origin}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${OPERATOR_KEY}` },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return data;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
