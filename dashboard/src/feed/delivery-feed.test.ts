import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DeliveryFeed } from "./delivery-feed.ts";

interface Row {
  id: string;
  status: string;
  createdAt: string;
  updatedAt: string;
}

const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 12, 0, second)).toISOString();

function aDelivery(number: number, overrides: Partial<Row> = {}): Row {
  return { id: `d${number}`, status: "PENDING", createdAt: at(number), updatedAt: at(number), ...overrides };
}

function aFeed({
  capacity = 3,
  matches = () => true,
}: Partial<{ capacity: number; matches: (row: Row) => boolean }> = {}) {
  return new DeliveryFeed<Row>({ capacity, flushIntervalMs: 250, matches });
}

const ids = (feed: DeliveryFeed<Row>) => feed.getSnapshot().deliveries.map((row) => row.id);
const update = (...deliveries: Row[]) => ({ deliveries, skipped: 0 });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a delivery that arrives live and in the loaded page is shown once", () => {
  const feed = aFeed();
  feed.apply(update(aDelivery(2)));
  feed.load({ deliveries: [aDelivery(2), aDelivery(1)], hasMore: false });
  feed.apply(update(aDelivery(2)));
  vi.advanceTimersByTime(250);
  expect(ids(feed)).toEqual(["d2", "d1"]);
});

test("deliveries are newest first in whatever order they arrive", () => {
  const feed = aFeed();
  feed.apply(update(aDelivery(1), aDelivery(3)));
  feed.apply(update(aDelivery(2)));
  vi.advanceTimersByTime(250);
  expect(ids(feed)).toEqual(["d3", "d2", "d1"]);
});

test("an older state that arrives late does not replace a newer one", () => {
  const feed = aFeed();
  feed.apply(update(aDelivery(1, { status: "SUCCESS", updatedAt: at(9) })));
  feed.apply(update(aDelivery(1, { status: "PENDING", updatedAt: at(1) })));
  feed.load({ deliveries: [aDelivery(1, { status: "RETRYING", updatedAt: at(5) })], hasMore: false });
  expect(feed.getSnapshot().deliveries).toEqual([aDelivery(1, { status: "SUCCESS", updatedAt: at(9) })]);
});

test("only the newest deliveries are kept", () => {
  const feed = aFeed({ capacity: 3 });
  feed.load({ deliveries: [aDelivery(2), aDelivery(1)], hasMore: false });
  feed.apply(update(aDelivery(3), aDelivery(4), aDelivery(5)));
  vi.advanceTimersByTime(250);
  expect(ids(feed)).toEqual(["d5", "d4", "d3"]);
});

test("after the cap a delivery older than the last one shown does not come back", () => {
  const feed = aFeed({ capacity: 2 });
  feed.load({ deliveries: [aDelivery(3), aDelivery(2), aDelivery(1)], hasMore: false });
  feed.apply(update(aDelivery(1, { updatedAt: at(10) })));
  vi.advanceTimersByTime(250);
  expect(ids(feed)).toEqual(["d3", "d2"]);
});

test("memory stays bounded while no flush runs", () => {
  const feed = aFeed({ capacity: 3 });
  for (let number = 1; number <= 1_000; number += 1) feed.apply(update(aDelivery(number)));
  vi.advanceTimersByTime(250);
  expect(ids(feed)).toEqual(["d1000", "d999", "d998"]);
  expect(feed.updatedAtOf("d1")).toBeNull();
});

test("a change of a delivery further down than the loaded page does not appear below a gap", () => {
  const feed = aFeed();
  feed.load({ deliveries: [aDelivery(9), aDelivery(8)], hasMore: true });
  feed.apply(update(aDelivery(1, { updatedAt: at(20) })));
  vi.advanceTimersByTime(250);
  expect(ids(feed)).toEqual(["d9", "d8"]);
});

test("a delivery leaves the list when it stops matching, and a late older state does not bring it back", () => {
  const feed = aFeed({ matches: (row) => row.status === "FAILED" });
  feed.load({ deliveries: [aDelivery(1, { status: "FAILED" })], hasMore: false });
  feed.apply(update(aDelivery(1, { status: "PENDING", updatedAt: at(5) })));
  feed.apply(update(aDelivery(1, { status: "FAILED", updatedAt: at(3) })));
  vi.advanceTimersByTime(250);
  expect(ids(feed)).toEqual([]);
  expect(feed.updatedAtOf("d1")).toBe(at(5));
});

test("a burst is one notification per flush interval", () => {
  const feed = aFeed();
  const listener = vi.fn();
  feed.subscribe(listener);
  for (let number = 1; number <= 100; number += 1) feed.apply(update(aDelivery(number)));
  expect(listener).not.toHaveBeenCalled();
  vi.advanceTimersByTime(250);
  expect(listener).toHaveBeenCalledTimes(1);
});

test("what the server left out is counted until the list is loaded again", () => {
  const feed = aFeed();
  feed.apply({ deliveries: [aDelivery(1)], skipped: 5 });
  feed.apply({ deliveries: [], skipped: 7 });
  vi.advanceTimersByTime(250);
  expect(feed.getSnapshot().skipped).toBe(12);
  feed.load({ deliveries: [aDelivery(1)], hasMore: false });
  expect(feed.getSnapshot().skipped).toBe(0);
});

test("loading again after something was left out keeps no gap between the page and older deliveries", () => {
  const feed = aFeed({ capacity: 10 });
  feed.load({ deliveries: [aDelivery(2), aDelivery(1)], hasMore: false });
  feed.apply({ deliveries: [aDelivery(9)], skipped: 6 });
  feed.load({ deliveries: [aDelivery(9), aDelivery(8), aDelivery(7)], hasMore: true });
  expect(ids(feed)).toEqual(["d9", "d8", "d7"]);
});

test("a paused list never moves, counts what waits exactly, and shows it once it is resumed", () => {
  const feed = aFeed({ capacity: 3 });
  feed.load({ deliveries: [aDelivery(2), aDelivery(1)], hasMore: false });
  feed.pause();
  for (let number = 3; number <= 10_002; number += 1) {
    feed.apply(update(aDelivery(number)));
    feed.apply(update(aDelivery(number, { status: "SUCCESS", updatedAt: at(20_000) })));
  }
  vi.advanceTimersByTime(250);
  expect(ids(feed)).toEqual(["d2", "d1"]);
  expect(feed.getSnapshot()).toMatchObject({ isPaused: true, waitingCount: 10_000 });

  feed.resume();
  expect(ids(feed)).toEqual(["d10002", "d10001", "d10000"]);
  expect(feed.getSnapshot()).toMatchObject({ isPaused: false, waitingCount: 0 });
});

test("what the server left out of a paused list counts as well, once it has counted it", () => {
  const feed = aFeed({ capacity: 3 });
  feed.load({ deliveries: [aDelivery(2), aDelivery(1)], hasMore: false });
  feed.apply({ deliveries: [], skipped: 4 });
  feed.pause();
  expect(feed.getSnapshot().isWaitingSampled).toBe(false);
  expect(feed.newestHeldId()).toBe("d2");

  feed.apply({ deliveries: [aDelivery(3)], skipped: 7 });
  vi.advanceTimersByTime(250);
  expect(feed.getSnapshot()).toMatchObject({ isWaitingSampled: true, waitingCount: 1, skipped: 4 });
  feed.countWaiting(8);
  expect(feed.getSnapshot().waitingCount).toBe(8);

  feed.resume();
  expect(feed.getSnapshot()).toMatchObject({ isWaitingSampled: false, waitingCount: 0, skipped: 11 });
  feed.countWaiting(8);
  expect(feed.getSnapshot().waitingCount).toBe(0);
});

test("a row of a paused list shows its latest state in its place, also when it would not match any more", () => {
  const feed = aFeed({ matches: (row) => row.status === "PENDING" });
  feed.load({ deliveries: [aDelivery(2), aDelivery(1)], hasMore: false });
  feed.pause();
  feed.apply(update(aDelivery(1, { status: "SUCCESS", updatedAt: at(9) })));
  vi.advanceTimersByTime(250);
  expect(feed.getSnapshot().deliveries.map(({ id, status }) => [id, status])).toEqual([
    ["d2", "PENDING"],
    ["d1", "SUCCESS"],
  ]);
  expect(feed.getSnapshot().waitingCount).toBe(0);

  feed.resume();
  expect(ids(feed)).toEqual(["d2"]);
});

test("loading again during a pause, as after a lost connection, does not move the list", () => {
  const feed = aFeed({ capacity: 10 });
  feed.load({ deliveries: [aDelivery(1)], hasMore: false });
  feed.pause();
  feed.load({ deliveries: [aDelivery(3), aDelivery(2), aDelivery(1)], hasMore: false });
  expect(ids(feed)).toEqual(["d1"]);
  expect(feed.getSnapshot().waitingCount).toBe(2);
});
