import { setTimeout as delay } from "node:timers/promises";
import type { ReplayProgress } from "./read-progress.ts";

const INTERVAL_MS = 250;

/**
 * A replay's progress at once, and then whenever it has changed, until it is finished or the signal aborts. Read from the database, because any process
 * may be the one that moves it on.
 */
export async function* watchProgress(
  read: () => Promise<ReplayProgress>,
  signal: AbortSignal,
): AsyncGenerator<ReplayProgress> {
  let last = "";
  while (!signal.aborted) {
    const progress = await read();
    const text = JSON.stringify(progress);
    if (text !== last) yield progress;
    if (progress.isFinished) return;
    last = text;
    await delay(INTERVAL_MS, undefined, { signal }).catch(() => {});
  }
}
