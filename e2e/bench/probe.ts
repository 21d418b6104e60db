import type { Page } from "@playwright/test";

export interface LongTask {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
}

interface Probe {
  readonly longTasks: LongTask[];
  /** When a delivery's row first showed how its attempt ended, after that was painted: epoch milliseconds by the delivery's id. */
  readonly shownAt: Record<string, number>;
  /** Milliseconds since the navigation; 0 before anything was painted. */
  largestPaintMs: number;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Measures inside the page, from before its scripts run. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const probe: Window["probe"] = { longTasks: [], shownAt: {}, largestPaintMs: 0 };
    window.probe = probe;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        probe.longTasks.push({ startedAt: performance.timeOrigin + startTime, durationMs: duration });
      }
    }).observe({ type: "longtask", buffered: true });
    new PerformanceObserver((list) => {
      probe.largestPaintMs = list.getEntries().at(-1)?.startTime ?? probe.largestPaintMs;
    }).observe({ type: "largest-contentful-paint", buffered: true });

    let isScanDue = false;
    const scan = () => {
      isScanDue = false;
      const now = performance.timeOrigin + performance.now();
      for (const button of document.querySelectorAll<HTMLElement>("tr [data-delivery]")) {
        const id = button.dataset["delivery"] ?? "";
        if (probe.shownAt[id] !== undefined) continue;
        const status = button.closest("tr")?.querySelector<HTMLElement>("[data-status]")?.dataset["status"];
        if (status !== "PENDING") probe.shownAt[id] = now;
      }
    };
    new MutationObserver(() => {
      if (isScanDue) return;
      isScanDue = true;
      // The task after the next frame: what the frame drew is on the screen then.
      requestAnimationFrame(() => setTimeout(scan));
    }).observe(document, { subtree: true, childList: true, attributeFilter: ["data-status"] });
  });
}

/** What was measured since `since` (epoch milliseconds). */
export async function longTasksSince(page: Page, since: number): Promise<readonly LongTask[]> {
  const longTasks = await page.evaluate(() => window.probe.longTasks);
  return longTasks.filter(({ startedAt }) => startedAt >= since);
}
