import type { CDPSession, Page } from "@playwright/test";

export interface HeapSample {
  readonly atSecond: number;
  readonly megabytes: number;
}

/** A page's heap right after everything that is not used any more was collected. */
export class GarbageFreeHeap {
  readonly samples: HeapSample[] = [];
  /** When collecting held the page up: epoch milliseconds. Long tasks meanwhile are ours, not the page's. */
  readonly collections: { readonly from: number; readonly until: number }[] = [];
  readonly #session: CDPSession;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(page: Page): Promise<GarbageFreeHeap> {
    return new GarbageFreeHeap(await page.context().newCDPSession(page));
  }

  async sample(atSecond: number): Promise<void> {
    const from = Date.now();
    await this.#session.send("HeapProfiler.collectGarbage");
    this.collections.push({ from, until: Date.now() });
    const { usedSize } = await this.#session.send("Runtime.getHeapUsage");
    this.samples.push({ atSecond, megabytes: usedSize / 1e6 });
  }

  isCollecting(from: number, until: number): boolean {
    return this.collections.some((collection) => from <= collection.until && until >= collection.from);
  }
}
