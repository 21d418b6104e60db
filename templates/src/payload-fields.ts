/** `JSON.parse` of a standard payload. */
export type Payload = Readonly<Record<string, unknown>>;

export interface PayloadField {
  /** As an expression reads it; `data.items[].name` is a field of every element. */
  readonly path: string;
  readonly type: "string" | "number" | "list" | "map" | "timestamp";
  readonly isNullable: boolean;
  readonly description: string;
  readonly example: unknown;
}

/** What the standard payload has, in its order. `data` and `metadata` may have more: what the publisher adds. */
export const PAYLOAD_FIELDS: readonly PayloadField[] = [
  field("event", "string", "What happened.", "order.created"),
  field("timestamp", "timestamp", "When it happened, in UTC.", "2024-01-02T10:30:00Z"),
  field("organization_id", "string", "The restaurant's id.", "7f1c2b84-5c1f-4d51-9d5c-0b8f4c0f9d11"),
  field("data", "map", "The order.", undefined),
  field("data.id", "string", "The order's id, the same in all its events.", "0d3c9a52-1c1e-4f7e-8f0e-3a4b5c6d7e8f"),
  field("data.order_number", "string", "The number that guests and staff see.", "ORD-20240102-1234"),
  field("data.items", "list", "What was ordered.", undefined),
  field("data.items[].menu_item_id", "string", "The dish's id.", "b5b7c2d4-2f4e-4a6c-9f3d-1e2f3a4b5c6d"),
  field("data.items[].name", "string", "The dish's name.", "Margherita Pizza"),
  field("data.items[].quantity", "number", "How many.", 2),
  field("data.items[].price", "number", "The price of one.", 89.9),
  nullable("data.items[].notes", "string", "What the guest wrote about this dish.", "Extra peynir"),
  field("data.total_amount", "number", "The order's total.", 179.8),
  field("data.status", "string", "The order's state, for example pending, preparing or served.", "pending"),
  nullable("data.customer_name", "string", "The guest's name.", "Ahmet Yılmaz"),
  nullable("data.customer_notes", "string", "What the guest wrote about the order.", "Acele etmeyin"),
  nullable("data.table_id", "string", "The table's id.", "3c9e1a70-8d2b-4c5f-a6e7-f8091a2b3c4d"),
  field("data.created_at", "timestamp", "When the order was placed, in UTC.", "2024-01-02T10:30:00Z"),
  field("metadata", "map", "What the publisher says about the order.", undefined),
  nullable("metadata.table_number", "string", "The table's number, as text.", "12"),
  nullable("metadata.customer_name", "string", "The guest's name.", "Ahmet Yılmaz"),
  field("metadata.items_count", "number", "The sum of the quantities.", 2),
];

function field(path: string, type: PayloadField["type"], description: string, example: unknown): PayloadField {
  return { path, type, isNullable: false, description, example };
}

function nullable(path: string, type: PayloadField["type"], description: string, example: unknown): PayloadField {
  return { path, type, isNullable: true, description, example };
}
