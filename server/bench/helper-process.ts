import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What a helper program offers to its parent. */
// biome-ignore lint/suspicious/noExplicitAny: any function may be offered; `call` infers its real types
export type Calls = Record<string, (...args: any[]) => unknown>;

/** A program of this directory, in a process of its own so that its CPU time is told apart. */
export interface HelperProcess<Offered extends Calls> {
  readonly pid: number;
  call<Name extends keyof Offered & string>(
    name: Name,
    ...args: Parameters<Offered[Name]>
  ): Promise<Awaited<ReturnType<Offered[Name]>>>;
  stop(): Promise<void>;
}

interface Request {
  readonly id: number;
  readonly name: string;
  readonly args: unknown[];
}
type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly error: string });

/** Starts `file` of this directory. It ends with us, however we end. */
export function startHelperProcess<Offered extends Calls>(file: string): HelperProcess<Offered> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    serialization: "advanced",
    // Ctrl-C reaches the whole group; the order in which processes end is the parent's to decide.
    detached: true,
  });
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let isStopping = false;
  let lastId = 0;
  child.on("message", (answer: Answer) => {
    const waiting = pending.get(answer.id);
    pending.delete(answer.id);
    if ("error" in answer) waiting?.reject(new Error(`${file}: ${answer.error}`));
    else waiting?.resolve(answer.value);
  });
  const gone = once(child, "exit").then(([code]) => {
    for (const { reject } of pending.values()) reject(new Error(`${file} ended with code ${code}.`));
    if (!isStopping) console.error(`${file} ended with code ${code}.`);
  });
  return {
    pid: child.pid as number,
    call(name, ...args) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
        child.send({ id, name, args } satisfies Request, (error) => error && reject(error));
      });
    },
    async stop() {
      isStopping = true;
      child.kill("SIGKILL");
      await gone;
    },
  };
}

/** In the helper itself: answers the parent until it is gone. */
export function answerParent(offered: Calls): void {
  process.on("message", async ({ id, name, args }: Request) => {
    try {
      process.send?.({ id, value: await offered[name]?.(...args) } satisfies Answer);
    } catch (error) {
      process.send?.({
        id,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      } satisfies Answer);
    }
  });
  process.on("disconnect", () => process.exit());
}
