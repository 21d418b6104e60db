import { afterEach, expect, test, vi } from "vitest";
import { isOutdated, reloadOutdatedPage } from "./reload-outdated-page.ts";

afterEach(() => vi.unstubAllGlobals());

test("a page is outdated when the server does not know its documents, and for no other error", () => {
  expect(isOutdated([{ extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }])).toBe(true);
  expect(isOutdated([{ extensions: { code: "PERSISTED_QUERY_ONLY" } }])).toBe(true);
  for (const problem of [[{ extensions: { code: "NOT_FOUND" } }], [{}], [], null, new Error("offline")]) {
    expect(isOutdated(problem)).toBe(false);
  }
});

test("it is loaded again once a minute at most", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
  const reload = vi.fn();
  vi.stubGlobal("window", { location: { reload } });

  for (const now of [1_000_000, 1_000_001, 1_059_999]) reloadOutdatedPage(storage, now);
  expect(reload).toHaveBeenCalledTimes(1);
  reloadOutdatedPage(storage, 1_060_000);
  expect(reload).toHaveBeenCalledTimes(2);
});
