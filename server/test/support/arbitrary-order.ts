import fc from "fast-check";

/** Any text that may stand in an order. Control characters and lone surrogates are refused at the edge; everything else must survive. */
const text = fc
  .oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom("Çiğ köfte, acılı", "İSTANBUL ığüşöç", "Ahmet Yılmaz", "“tırnak” \\ </script> ₺"),
  )
  .map((value) => value.replace(/\p{Cc}/gu, "").trim())
  .filter((value) => value.isWellFormed());
const name = text.map((value) => `P ${value}`);
const money = fc.integer({ min: 0, max: 100_000_000_000 }).map((cents) => cents / 100);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

/** Any order that may be published, as GraphQL's `OrderInput`. */
export const arbitraryOrder = fc.record({
  id: fc.uuid(),
  orderNumber: name,
  items: fc.array(
    fc.record({
      menuItemId: optional(fc.uuid()),
      name,
      quantity: fc.integer({ min: 1, max: 1_000_000 }),
      price: money,
      notes: optional(text),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  totalAmount: money,
  status: fc.constantFrom("pending", "preparing", "served", "cancelled", "hazırlanıyor"),
  customerName: optional(text),
  customerNotes: optional(text),
  tableId: optional(name),
  createdAt: fc.constantFrom(
    "2024-01-02T10:30:00Z",
    "2024-01-02T13:30:00.123+03:00",
    "2024-02-29T23:59:59.999999-11:30",
  ),
  extra: fc.dictionary(
    text.map((key) => `k${key}`),
    fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 3 })),
    { maxKeys: 4 },
  ),
});
