import { z } from "zod";
import { NO_CONTROL_CHARACTERS, NOT_WELL_FORMED, refusedAs } from "./error-reasons.ts";

/** Largest order, as JSON, in bytes. */
export const ORDER_BYTES_MAX = 1024 * 1024;

const AMOUNT_MAX = 1_000_000_000;

/** Text that PostgreSQL and JSON keep unchanged; `isMultiLine` allows line breaks and tabs. */
function text(lengthMax: number, isMultiLine = false) {
  const forbidden = isMultiLine
    ? // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/
    : // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
      /[\u0000-\u001f\u007f]/;
  return z
    .string({ error: "must be a string" })
    .max(lengthMax, `must be at most ${lengthMax} characters`)
    .refine((value) => !forbidden.test(value), NO_CONTROL_CHARACTERS)
    .refine((value) => value.isWellFormed(), NOT_WELL_FORMED);
}

const requiredText = (lengthMax: number) =>
  text(lengthMax).refine((value) => value.trim() !== "", refusedAs("must not be empty", { reason: "EMPTY" }));

/** Amounts are rounded to 4 decimals, which removes floating-point artefacts (0.1 + 0.2) and keeps every real price. */
const amount = z
  .number({ error: "must be a number" })
  .min(0, "must not be negative")
  .max(AMOUNT_MAX, `must be at most ${AMOUNT_MAX}`)
  .overwrite((value) => Number(value.toFixed(4)));

const timestamp = z.iso.datetime({ offset: true, error: "must be an ISO 8601 date and time with a time zone" });

const orderItem = z
  .object(
    {
      menu_item_id: requiredText(255)
        .nullable()
        .default(null)
        .describe("The menu item, null if it is not on the menu."),
      name: requiredText(500).describe("As printed on the menu."),
      quantity: z
        .int({ error: "must be a whole number" })
        .min(1, "must be at least 1")
        .max(1_000_000, "must be at most 1000000")
        .describe("How many."),
      price: amount.describe("Price of one, in the restaurant's currency."),
      notes: text(5000, true).nullable().default(null).describe("The guest's wishes, null if none."),
    },
    { error: "must be an object" },
  )
  .strict();

/** The `data` of an order event. Key order is the wire's key order. */
export const orderSchema = z
  .object(
    {
      id: z.guid({ error: "must be a UUID" }).describe("The order."),
      order_number: requiredText(100).describe("The number that staff and guests see."),
      items: z
        .array(orderItem, { error: "must be a list" })
        .min(1, "must not be empty")
        .max(1000, "must have at most 1000 entries")
        .describe("What was ordered."),
      total_amount: amount.describe("Total, in the restaurant's currency."),
      status: requiredText(50).describe("The order's state, for example pending, preparing or served."),
      customer_name: text(200).nullable().default(null).describe("Null if the guest gave none."),
      customer_notes: text(5000, true).nullable().default(null).describe("The guest's notes, null if none."),
      table_id: requiredText(255).nullable().default(null).describe("The table, null for orders without one."),
      created_at: timestamp.describe("When the order was placed."),
    },
    { error: "must be an object" },
  )
  .strict();

export type Order = z.output<typeof orderSchema>;
export const ORDER_FIELDS: ReadonlySet<string> = new Set(Object.keys(orderSchema.shape));
