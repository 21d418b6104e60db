import { CombinedError } from "urql";
import { expect, test, vi } from "vitest";
import { DeliveryLog, type FetchPage } from "./delivery-log.ts";

interface Row {
  id: string;
  status: string;
  createdAt: string;
  updatedAt: string;
}

const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 12, 0, second)).toISOString();

function aDelivery(number: number, overrides: Partial<Row> = {}): Row {
  return { id: `d${number}`, status: "FAILED", createdAt: at(number), updatedAt: at(number), ...overrides };
}

const page = (numbers: number[], next: string | null = null) => ({
  deliveries: numbers.map((n) => aDelivery(n)),
  next,
});
const ids = (log: DeliveryLog<Row>) => log.getSnapshot().deliveries.map((row) => row.id);
const update = (...deliveries: Row[]) => ({ deliveries, skipped: 0 });

test("pages follow each other, each asked for once, and a delivery of two pages is shown once", async () => {
  const fetchPage = vi.fn<FetchPage<Row>>();
  fetchPage.mockResolvedValueOnce(page([9, 8], "c8")).mockResolvedValueOnce(page([8, 7]));
  const log = new DeliveryLog<Row>(fetchPage);
  await log.load();
  await Promise.all([log.loadMore(), log.loadMore()]);
  await log.loadMore();
  expect(ids(log)).toEqual(["d9", "d8", "d7"]);
  expect(fetchPage.mock.calls.map(([{ after }]) => after)).toEqual([null, "c8"]);
  expect(new Set(fetchPage.mock.calls.map(([{ loadedAtMs }]) => loadedAtMs)).size).toBe(1);
  expect(log.getSnapshot().hasMore).toBe(false);
});

test("a row shows its latest state in its place, and an older state that arrives late changes nothing", async () => {
  const log = new DeliveryLog<Row>(async () => page([2, 1]));
  await log.load();
  log.apply(update(aDelivery(1, { status: "SUCCESS", updatedAt: at(9) }), aDelivery(7)));
  log.apply(update(aDelivery(1, { status: "PENDING", updatedAt: at(5) })));
  expect(log.getSnapshot().deliveries.map(({ id, status }) => `${id} ${status}`)).toEqual(["d2 FAILED", "d1 SUCCESS"]);
  expect(log.updatedAtOf("d7")).toBe(at(7));
});

test("what is new is counted and does not move the list; what lies below the loaded pages is not new", async () => {
  const log = new DeliveryLog<Row>(async () => page([5, 4], "c4"));
  await log.load();
  log.arrive({ deliveries: [aDelivery(6), aDelivery(5), aDelivery(1)], skipped: 0 });
  log.arrive({ deliveries: [aDelivery(6)], skipped: 3 });
  expect(ids(log)).toEqual(["d5", "d4"]);
  expect(log.getSnapshot().arrivedCount).toBe(4);
  await log.load();
  expect(log.getSnapshot().arrivedCount).toBe(0);
});

test("what arrives while the list is on its way and is in it is not counted as new", async () => {
  const answer = Promise.withResolvers<ReturnType<typeof page>>();
  const log = new DeliveryLog<Row>(() => answer.promise);
  const loading = log.load();
  log.arrive({ deliveries: [aDelivery(2), aDelivery(3)], skipped: 0 });
  answer.resolve(page([2, 1]));
  await loading;
  expect(log.getSnapshot().arrivedCount).toBe(1);
});

test("a page that fails keeps the rows, says why, and can be asked for again", async () => {
  const error = new CombinedError({ networkError: new Error("offline") });
  const fetchPage = vi.fn<FetchPage<Row>>();
  fetchPage
    .mockResolvedValueOnce(page([2], "c2"))
    .mockResolvedValueOnce(error)
    .mockResolvedValueOnce(page([1]));
  const log = new DeliveryLog<Row>(fetchPage);
  await log.load();
  await log.loadMore();
  expect(log.getSnapshot()).toMatchObject({ isLoaded: true, error });
  expect(ids(log)).toEqual(["d2"]);
  await log.loadMore();
  expect(log.getSnapshot().error).toBeNull();
  expect(ids(log)).toEqual(["d2", "d1"]);
});

test("a page that was asked for before a reload is not appended to the new list", async () => {
  const late = Promise.withResolvers<ReturnType<typeof page>>();
  const fetchPage = vi.fn<FetchPage<Row>>();
  fetchPage.mockResolvedValueOnce(page([2], "c2")).mockReturnValueOnce(late.promise);
  fetchPage.mockResolvedValueOnce(page([3, 2], "c2"));
  const log = new DeliveryLog<Row>(fetchPage);
  await log.load();
  const more = log.loadMore();
  await log.load();
  late.resolve(page([1]));
  await more;
  expect(ids(log)).toEqual(["d3", "d2"]);
});
