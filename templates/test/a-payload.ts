import type { Payload } from "../src/index.ts";

/** The standard payload of the contract. */
export function aPayload(data: Readonly<Record<string, unknown>> = {}): Payload {
  return {
    event: "order.created",
    timestamp: "2024-01-02T10:30:00Z",
    organization_id: "7f1c2b84-5c1f-4d51-9d5c-0b8f4c0f9d11",
    data: {
      id: "0d3c9a52-1c1e-4f7e-8f0e-3a4b5c6d7e8f",
      order_number: "ORD-20240102-1234",
      items: [
        {
          menu_item_id: "b5b7c2d4-2f4e-4a6c-9f3d-1e2f3a4b5c6d",
          name: "Margherita Pizza",
          quantity: 2,
          price: 89.9,
          notes: "Extra peynir",
        },
      ],
      total_amount: 179.8,
      status: "pending",
      customer_name: "Ahmet Yılmaz",
      customer_notes: "Acele etmeyin",
      table_id: "3c9e1a70-8d2b-4c5f-a6e7-f8091a2b3c4d",
      created_at: "2024-01-02T10:30:00Z",
      ...data,
    },
    metadata: { table_number: "12", customer_name: "Ahmet Yılmaz", items_count: 2 },
  };
}
