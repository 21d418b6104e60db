import { expect, test } from "vitest";
import { isFiltered, logFilterOf, logSearch } from "./log-search.ts";

const now = Date.parse("2026-11-24T12:00:00.000Z");

test("an address becomes the filter that the server knows", () => {
  const search = logSearch.parse({
    status: ["failed", "retrying"],
    event: "order_created",
    outcome: "timed_out",
    q: "ORD-1",
  });
  expect(logFilterOf(search, now)).toEqual({
    status: ["FAILED", "RETRYING"],
    eventType: ["ORDER_CREATED"],
    outcome: ["TIMED_OUT"],
    search: "ORD-1",
    since: "2026-11-23T12:00:00.000Z",
  });
});

test("an absolute range ends where it says, and a preset stays open for what comes", () => {
  const absolute = { since: "2026-11-01T00:00:00.000Z", until: "2026-11-02T00:00:00.000Z" };
  expect(logFilterOf(logSearch.parse(absolute), now)).toEqual(absolute);
  expect(logFilterOf(logSearch.parse({ range: "1h" }), now)).toEqual({ since: "2026-11-24T11:00:00.000Z" });
});

test("what nobody could have chosen limits nothing", () => {
  const search = logSearch.parse({ status: "broken", event: ["x"], webhook: "1", outcome: "", range: "9y" });
  expect(isFiltered(search)).toBe(false);
  expect(logFilterOf(search, now)).toEqual({ since: "2026-11-23T12:00:00.000Z" });
});
