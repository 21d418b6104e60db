/** Bytes of every payload, as receivers get it. */
export const PAYLOAD_BYTES = 1024;

/** Where the order's number stands in an order id: its last 12 hex digits. Receivers tell orders apart by it. */
const NUMBER_DIGITS = 12;
const ORDER_ID_PREFIX = "00000000-0000-4000-8000-";
const TIMESTAMP = "2026-11-24T18:30:00.000Z";

const ITEMS = [
  {
    menuItemId: "6f6d9f5c-1d0f-4b5e-9d39-0a4a1a2b3c01",
    name: "Karışık Pizza",
    quantity: 2,
    price: 289.9,
    notes: "Extra peynir",
  },
  { menuItemId: "6f6d9f5c-1d0f-4b5e-9d39-0a4a1a2b3c02", name: "Ayran", quantity: 3, price: 35, notes: null },
  {
    menuItemId: "6f6d9f5c-1d0f-4b5e-9d39-0a4a1a2b3c03",
    name: "Künefe",
    quantity: 1,
    price: 165.5,
    notes: "Az şerbetli",
  },
];
const METADATA = { table_number: "12" };

const ORDER = {
  orderNumber: "ORD-20261124-0001",
  items: ITEMS,
  totalAmount: 850.3,
  status: "pending",
  customerName: "Ahmet Yılmaz",
  tableId: "6f6d9f5c-1d0f-4b5e-9d39-0a4a1a2b3c04",
  createdAt: "2026-11-24T18:30:00Z",
};

/** As a GraphQL client publishes it. */
export function orderEventInput(orderNumber: number) {
  return {
    event: "ORDER_CREATED",
    metadata: METADATA,
    order: { id: orderId(orderNumber), ...ORDER, customerNotes: NOTES },
  };
}

/** As receivers get it: `PAYLOAD_BYTES` bytes. */
export function orderPayload(organizationId: string, orderNumber: number, notes = NOTES): string {
  return JSON.stringify({
    event: "order.created",
    timestamp: TIMESTAMP,
    organization_id: organizationId,
    data: {
      id: orderId(orderNumber),
      order_number: ORDER.orderNumber,
      items: ITEMS.map(({ menuItemId, ...item }) => ({ menu_item_id: menuItemId, ...item })),
      total_amount: ORDER.totalAmount,
      status: ORDER.status,
      customer_name: ORDER.customerName,
      customer_notes: notes,
      table_id: ORDER.tableId,
      created_at: ORDER.createdAt,
    },
    metadata: { ...METADATA, customer_name: ORDER.customerName, items_count: 6 },
  });
}

const NOTES = "x".repeat(PAYLOAD_BYTES - Buffer.byteLength(orderPayload("0".repeat(36), 0, "")));

function orderId(orderNumber: number): string {
  return ORDER_ID_PREFIX + digits(orderNumber);
}

function digits(orderNumber: number): string {
  return orderNumber.toString(16).padStart(NUMBER_DIGITS, "0");
}

/** A serialised request in which only the orders' numbers change from one use to the next. */
export class OrderTemplate {
  readonly #bytes: Buffer;
  readonly #offsets: number[] = [];

  constructor(serialised: string) {
    this.#bytes = Buffer.from(serialised);
    const prefix = Buffer.from(`"${ORDER_ID_PREFIX}`);
    for (let at = this.#bytes.indexOf(prefix); at >= 0; at = this.#bytes.indexOf(prefix, at + 1)) {
      this.#offsets.push(at + prefix.length);
    }
  }

  /** A copy whose orders are numbered from `firstOrder` on. */
  numbered(firstOrder: number): Buffer {
    const copy = Buffer.from(this.#bytes);
    for (const [index, offset] of this.#offsets.entries()) copy.write(digits(firstOrder + index), offset, "latin1");
    return copy;
  }
}

const ID_IN_BODY = Buffer.from(`"${ORDER_ID_PREFIX}`);

/** The order's number in a request's body, the payload or what a template made of it; -1 if it is not one of ours. */
export function readOrderNumber(bytes: Buffer, bodyStart: number): number {
  const at = bytes.indexOf(ID_IN_BODY, bodyStart);
  if (at < 0) return -1;
  const start = at + ID_IN_BODY.length;
  return Number.parseInt(bytes.toString("latin1", start, start + NUMBER_DIGITS), 16);
}
