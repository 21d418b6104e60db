const storageKey = "vera-qr-reloaded-at";
const reloadIntervalMs = 60_000;

/** Whether errors say that the server does not know this page's documents: it serves another version of the dashboard by now. */
export function isOutdated(problem: unknown): boolean {
  return (
    Array.isArray(problem) &&
    problem.some((error: { extensions?: { code?: unknown } }) => {
      const code = error.extensions?.code;
      return code === "PERSISTED_QUERY_NOT_FOUND" || code === "PERSISTED_QUERY_ONLY";
    })
  );
}

/** Loads the dashboard that belongs to the server; once a minute at most, in case that two versions of the server answer in turns. */
export function reloadOutdatedPage(storage: Storage = sessionStorage, now = Date.now()): void {
  if (now - Number(storage.getItem(storageKey) ?? 0) < reloadIntervalMs) return;
  storage.setItem(storageKey, String(now));
  window.location.reload();
}
