import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidInputError, type Problem } from "../../src/domain/errors.ts";
import { ORDER_BYTES_MAX } from "../../src/domain/order.ts";
import {
  buildOrderPayload,
  type FieldNames,
  type OrderPayload,
  type PublishRequest,
} from "../../src/publish/order-payload.ts";

const NAMES: FieldNames = {
  order: "order",
  extra: "order.extra",
  metadata: "metadata",
  event: "event",
  idempotencyKey: "idempotencyKey",
  rename: (name) => name,
};
const TIMESTAMP = "2024-01-02T10:30:00.000Z";
const ORDER = {
  created_at: "2024-01-02T10:30:00Z",
  status: "pending",
  id: randomUUID(),
  items: [{ price: 89.9, quantity: 2, name: "Margherita Pizza", notes: "Extra peynir", menu_item_id: "menu-1" }],
  total_amount: 179.8,
  order_number: "ORD-20240102-1234",
  customer_name: "Ahmet Yılmaz",
  customer_notes: "Acele etmeyin",
  table_id: "table-12",
};

function build(overrides: Partial<PublishRequest> = {}): OrderPayload {
  const request: PublishRequest = {
    organizationId: "0191d1a0-0000-7000-8000-000000000001",
    eventType: "order.created",
    data: ORDER,
    extra: null,
    metadata: null,
    idempotencyKey: null,
    ...overrides,
  };
  return buildOrderPayload(request, TIMESTAMP, NAMES);
}

const payloadOf = (overrides: Partial<PublishRequest> = {}) => JSON.parse(build(overrides).payload);

function problemsOf(overrides: Partial<PublishRequest>): readonly Problem[] {
  try {
    build(overrides);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.problems;
    throw error;
  }
  return [];
}

describe("the payload", () => {
  test("has its keys in the promised order, whatever order the publisher wrote them in", () => {
    const payload = payloadOf({ metadata: { z: 1, items_count: 2, a: 2, customer_name: "X", table_number: "12" } });
    expect(Object.keys(payload)).toEqual(["event", "timestamp", "organization_id", "data", "metadata"]);
    expect(Object.keys(payload.data)).toEqual([
      "id",
      "order_number",
      "items",
      "total_amount",
      "status",
      "customer_name",
      "customer_notes",
      "table_id",
      "created_at",
    ]);
    expect(Object.keys(payload.data.items[0])).toEqual(["menu_item_id", "name", "quantity", "price", "notes"]);
    expect(Object.keys(payload.metadata)).toEqual(["table_number", "customer_name", "items_count", "z", "a"]);
  });

  test("says what the publisher left out as null", () => {
    const { customer_name, customer_notes, table_id, ...required } = ORDER;
    const { notes, menu_item_id, ...item } = ORDER.items[0] as (typeof ORDER.items)[number];
    const { data, metadata } = payloadOf({ data: { ...required, items: [item] } });
    expect(data).toMatchObject({ customer_name: null, customer_notes: null, table_id: null });
    expect(data.items[0]).toMatchObject({ menu_item_id: null, notes: null });
    expect(metadata).toEqual({ customer_name: null, items_count: 2 });
  });

  test("appends additional fields to data, after the order's own", () => {
    const { payload } = build({ extra: { channel: "qr", tip: { amount: 5 } } });
    expect(payload).toContain(`"created_at":"2024-01-02T10:30:00Z","channel":"qr","tip":{"amount":5}},"metadata"`);
    expect(build({ extra: {} }).payload).toBe(build().payload);
  });

  test("refuses additional fields that are fields of the order itself", () => {
    expect(problemsOf({ extra: { status: "served" } })).toEqual([
      { field: "order.extra.status", message: "is a field of the order itself", reason: "RESERVED" },
    ]);
  });

  test("keeps any other JSON in additional fields and metadata", () => {
    const value = fc.jsonValue({ maxDepth: 5, stringUnit: "grapheme" }).map((json) => JSON.parse(JSON.stringify(json)));
    const object = fc.dictionary(
      fc.string({ unit: "grapheme" }).map((key) => `k${key.replaceAll("\0", "")}`),
      value,
    );
    fc.assert(
      fc.property(object, object, (extra, metadata) => {
        fc.pre(!JSON.stringify([extra, metadata]).includes("\\u0000"));
        const payload = payloadOf({ extra, metadata });
        expect(payload.data).toEqual({ ...payload.data, ...extra });
        expect(payload.metadata).toEqual({ ...payload.metadata, ...metadata });
      }),
    );
  });

  test("keeps a key named __proto__", () => {
    const { payload } = build({ extra: JSON.parse('{"__proto__":1}'), metadata: JSON.parse('{"__proto__":2}') });
    expect(payload).toContain(`"__proto__":1}`);
    expect(payload).toContain(`"__proto__":2}`);
  });
});

describe("amounts", () => {
  const withPrice = (price: number): string => build({ data: { ...ORDER, total_amount: price } }).payload;

  test.each([
    [0.1 + 0.2, "0.3"],
    [3 * 1.1, "3.3"],
    [1.005 * 1000, "1005"],
    [89.9 * 3, "269.7"],
    [1e-7, "0"],
    [-0, "0"],
    [999_999_999.99, "999999999.99"],
    [0.0001, "0.0001"],
  ])("%d is written as %s", (price, text) => {
    expect(withPrice(price)).toContain(`"total_amount":${text},`);
  });

  test("every price in cents survives any sum of prices", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 50 }), (cents) => {
        const sum = cents.reduce((total, cent) => total + cent / 100, 0);
        const exact = cents.reduce((total, cent) => total + cent, 0) / 100;
        expect(withPrice(sum)).toContain(`"total_amount":${exact},`);
      }),
    );
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1e10, "12", null])("%s is refused", (price) => {
    expect(problemsOf({ data: { ...ORDER, total_amount: price } })).toMatchObject([{ field: "order.total_amount" }]);
  });
});

describe("metadata", () => {
  test("is derived from the order: the guest's name and the sum of quantities", () => {
    const items = [2, 3, 1].map((quantity) => ({ name: "Ayran", quantity, price: 10 }));
    expect(payloadOf({ data: { ...ORDER, items } }).metadata).toEqual({
      customer_name: "Ahmet Yılmaz",
      items_count: 6,
    });
  });

  test("is what the publisher says otherwise", () => {
    const metadata = { customer_name: null, items_count: 99, table_number: 12, waiter: "Ayşe" };
    expect(payloadOf({ metadata }).metadata).toEqual(metadata);
    expect(build({ metadata })).toMatchObject({ tableNumber: "12", customerName: null });
  });

  test.each([
    [{ table_number: {} }, "metadata.table_number"],
    [{ customer_name: 5 }, "metadata.customer_name"],
    [{ items_count: "two" }, "metadata.items_count"],
    [{ note: "\0" }, "metadata.note"],
    [{ note: { "a\0": 1 } }, "metadata.note.a\0"],
    [{ note: "\ud800" }, "metadata.note"],
  ])("%j is refused", (metadata, field) => {
    expect(problemsOf({ metadata })).toMatchObject([{ field }]);
  });

  test("nested too deeply is refused without exhausting the stack", () => {
    const deep = JSON.parse(`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`);
    expect(problemsOf({ metadata: deep })).toHaveLength(1);
    expect(problemsOf({ extra: deep })).toHaveLength(1);
  });
});

describe("limits", () => {
  /** The length of an additional text with which `data` has exactly the maximum size. */
  const fillerLength = ORDER_BYTES_MAX - Buffer.byteLength(JSON.stringify(payloadOf({ extra: { filler: "" } }).data));

  test("an order may be exactly 1 MiB as JSON, and not a byte more", () => {
    const { payload } = build({ extra: { filler: "x".repeat(fillerLength) } });
    expect(Buffer.byteLength(JSON.stringify(JSON.parse(payload).data))).toBe(ORDER_BYTES_MAX);
    expect(problemsOf({ extra: { filler: "x".repeat(fillerLength + 1) } })).toEqual([
      { field: "order", message: "must be at most 1 MiB as JSON", reason: "TOO_LARGE", max: ORDER_BYTES_MAX },
    ]);
  });

  test("the limit counts bytes, not characters", () => {
    expect(problemsOf({ extra: { filler: "ş".repeat(fillerLength / 2 + 1) } })).toHaveLength(1);
  });

  test("metadata may be at most 64 KiB", () => {
    expect(problemsOf({ metadata: { note: "x".repeat(65_536) } })).toMatchObject([{ field: "metadata" }]);
  });

  test("every wrong field is named at once", () => {
    const problems = problemsOf({
      eventType: "order.eaten",
      idempotencyKey: "",
      data: { ...ORDER, id: "1", items: [{ quantity: 0, price: -1 }], surprise: true },
      metadata: [],
    });
    expect(problems.map(({ field }) => field).sort()).toEqual([
      "event",
      "idempotencyKey",
      "metadata",
      "order.id",
      "order.items.0.name",
      "order.items.0.price",
      "order.items.0.quantity",
      "order.surprise",
    ]);
  });
});

describe("the body hash of an idempotency key", () => {
  const hashOf = (overrides: Partial<PublishRequest>, timestamp = TIMESTAMP) =>
    buildOrderPayload(
      {
        organizationId: randomUUID(),
        eventType: "order.created",
        data: ORDER,
        extra: null,
        metadata: null,
        idempotencyKey: "key",
        ...overrides,
      },
      timestamp,
      NAMES,
    ).bodyHash;

  test("does not depend on the time of publishing or on how the publisher wrote the same order", () => {
    const reversed = Object.fromEntries(Object.entries(ORDER).reverse());
    expect(hashOf({ data: reversed }, "2030-01-01T00:00:00.000Z")).toBe(hashOf({}));
    expect(hashOf({ metadata: { items_count: 2 } })).toBe(hashOf({}));
  });

  test("differs for every difference in what is sent", () => {
    const hashes = [
      hashOf({}),
      hashOf({ eventType: "order.updated" }),
      hashOf({ data: { ...ORDER, total_amount: 180 } }),
      hashOf({ extra: { a: 1 } }),
      hashOf({ metadata: { a: 1 } }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashOf({ idempotencyKey: null })).toBeNull();
  });
});
