import { createHash } from "node:crypto";
import type { ReasonedLimits } from "../domain/error-reasons.ts";
import { InvalidInputError, type ReasonedProblem } from "../domain/errors.ts";
import { PUBLISHABLE_EVENT_TYPES } from "../domain/event-catalogue.ts";
import { ORDER_BYTES_MAX, ORDER_FIELDS, type Order, orderSchema } from "../domain/order.ts";
import { describeIssue } from "../domain/parse-input.ts";

/** What a publisher says, in the wire's own names; every field is still unchecked. */
export interface PublishRequest {
  readonly organizationId: string;
  /** Dotted name, for example `order.created`. */
  readonly eventType: string;
  /** The order (section 2 of the contract); unknown keys are refused. */
  readonly data: unknown;
  /** Further keys for the end of `data`; null if none. */
  readonly extra: unknown;
  readonly metadata: unknown;
  readonly idempotencyKey: string | null;
}

/** A checked event with the exact bytes that will be signed and sent. */
export interface OrderPayload {
  readonly eventType: string;
  readonly order: Order;
  readonly tableNumber: string | null;
  readonly customerName: string | null;
  readonly payload: string;
  /** SHA-256 (hex) of everything except the publishing time; null without an idempotency key. */
  readonly bodyHash: string | null;
}

/** How the caller names things, so that errors speak its language (`order.totalAmount` or `data.total_amount`). */
export interface FieldNames {
  readonly order: string;
  readonly extra: string;
  readonly metadata: string;
  readonly event: string;
  readonly idempotencyKey: string;
  readonly rename: (wireName: string) => string;
}

/** Notes one thing that is wrong. */
type Refuse = (field: string, message: string, why: ReasonedLimits) => void;

const METADATA_BYTES_MAX = ORDER_BYTES_MAX / 16;
const METADATA_DEPTH_MAX = 10;
const METADATA_FIRST_KEYS = ["table_number", "customer_name", "items_count"];

/**
 * Checks a request and builds its payload.
 * @throws InvalidInputError naming every field that is wrong.
 */
export function buildOrderPayload(request: PublishRequest, timestamp: string, names: FieldNames): OrderPayload {
  const problems: ReasonedProblem[] = [];
  const refuse: Refuse = (field, message, why) => {
    problems.push({ field, message, ...why });
  };

  if (!PUBLISHABLE_EVENT_TYPES.includes(request.eventType)) {
    refuse(names.event, `must be one of ${PUBLISHABLE_EVENT_TYPES.join(", ")}`, {
      reason: "NOT_ALLOWED",
      allowed: PUBLISHABLE_EVENT_TYPES,
    });
  }
  if (request.idempotencyKey !== null && !/^[\x20-\x7e]{1,255}$/.test(request.idempotencyKey)) {
    refuse(names.idempotencyKey, "must be 1 to 255 printable ASCII characters", { reason: "INVALID_CHARACTERS" });
  }
  const order = orderSchema.safeParse(request.data);
  if (!order.success) {
    for (const issue of order.error.issues) {
      const { path, message, ...why } = describeIssue(issue, request.data);
      const renamed = path.map((part) => (typeof part === "string" ? names.rename(part) : String(part)));
      refuse([names.order, ...renamed].join("."), message, why);
    }
  }
  const extra = readObject(request.extra, names.extra, refuse);
  for (const key of Object.keys(extra)) {
    if (ORDER_FIELDS.has(key))
      refuse(`${names.extra}.${key}`, "is a field of the order itself", { reason: "RESERVED" });
  }
  const metadata = readObject(request.metadata, names.metadata, refuse);
  checkMetadata(metadata, names.metadata, refuse);

  if (!order.success || problems.length > 0) throw new InvalidInputError(problems);

  const dataText = appendKeys(JSON.stringify(order.data), extra);
  if (Buffer.byteLength(dataText) > ORDER_BYTES_MAX) {
    throw new InvalidInputError([
      { field: names.order, message: "must be at most 1 MiB as JSON", reason: "TOO_LARGE", max: ORDER_BYTES_MAX },
    ]);
  }
  const fullMetadata = completeMetadata(metadata, order.data);
  const metadataText = JSON.stringify(fullMetadata);
  if (Buffer.byteLength(metadataText) > METADATA_BYTES_MAX) {
    throw new InvalidInputError([
      {
        field: names.metadata,
        message: "must be at most 64 KiB as JSON",
        reason: "TOO_LARGE",
        max: METADATA_BYTES_MAX,
      },
    ]);
  }
  return {
    eventType: request.eventType,
    order: order.data,
    tableNumber: asColumn(fullMetadata["table_number"], 100),
    customerName: asColumn(fullMetadata["customer_name"], 200),
    payload: `{"event":"${request.eventType}","timestamp":"${timestamp}","organization_id":"${request.organizationId}","data":${dataText},"metadata":${metadataText}}`,
    bodyHash:
      request.idempotencyKey === null
        ? null
        : createHash("sha256")
            .update(request.eventType)
            .update("\n")
            .update(dataText)
            .update("\n")
            .update(metadataText)
            .digest("hex"),
  };
}

function readObject(value: unknown, field: string, refuse: Refuse): Readonly<Record<string, unknown>> {
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value)) {
    refuse(field, "must be an object", { reason: "WRONG_TYPE" });
    return {};
  }
  const problem = findUnstorable(value, field, METADATA_DEPTH_MAX);
  if (problem !== null) refuse(problem.field, problem.message, problem.why);
  return value as Record<string, unknown>;
}

/** PostgreSQL's jsonb holds neither NUL nor lone surrogates, and a deep tree would exhaust the reader's stack. */
function findUnstorable(
  value: unknown,
  field: string,
  depthLeft: number,
): { field: string; message: string; why: ReasonedLimits } | null {
  if (typeof value === "string") {
    const why: ReasonedLimits = { reason: "INVALID_CHARACTERS" };
    if (value.includes("\0")) return { field, message: "must not contain control characters", why };
    return value.isWellFormed() ? null : { field, message: "must be well-formed Unicode", why };
  }
  if (typeof value !== "object" || value === null) return null;
  if (depthLeft === 0) {
    const why: ReasonedLimits = { reason: "TOO_DEEP", max: METADATA_DEPTH_MAX };
    return { field, message: `must be nested at most ${METADATA_DEPTH_MAX} levels deep`, why };
  }
  for (const [key, child] of Object.entries(value)) {
    const path = `${field}.${key}`;
    const problem = findUnstorable(key, path, 0) ?? findUnstorable(child, path, depthLeft - 1);
    if (problem !== null) return problem;
  }
  return null;
}

function checkMetadata(metadata: Readonly<Record<string, unknown>>, field: string, refuse: Refuse): void {
  const { table_number: tableNumber, customer_name: customerName, items_count: itemsCount } = metadata;
  if (
    tableNumber !== undefined &&
    tableNumber !== null &&
    !isShortText(tableNumber, 100) &&
    typeof tableNumber !== "number"
  ) {
    refuse(`${field}.table_number`, "must be a string of at most 100 characters or a number", {
      reason: "TOO_LONG",
      max: 100,
    });
  }
  if (customerName !== undefined && customerName !== null && !isShortText(customerName, 200)) {
    refuse(`${field}.customer_name`, "must be a string of at most 200 characters", { reason: "TOO_LONG", max: 200 });
  }
  if (itemsCount !== undefined && typeof itemsCount !== "number") {
    refuse(`${field}.items_count`, "must be a number", { reason: "WRONG_TYPE" });
  }
}

function isShortText(value: unknown, lengthMax: number): boolean {
  return typeof value === "string" && value.length <= lengthMax;
}

function completeMetadata(metadata: Readonly<Record<string, unknown>>, order: Order): Record<string, unknown> {
  // Without a prototype, so that a key named `__proto__` is a key like any other.
  const complete: Record<string, unknown> = Object.create(null);
  if (metadata["table_number"] !== undefined) complete["table_number"] = metadata["table_number"];
  complete["customer_name"] = metadata["customer_name"] === undefined ? order.customer_name : metadata["customer_name"];
  complete["items_count"] = metadata["items_count"] ?? order.items.reduce((sum, item) => sum + item.quantity, 0);
  for (const [key, value] of Object.entries(metadata)) {
    if (!METADATA_FIRST_KEYS.includes(key)) complete[key] = value;
  }
  return complete;
}

function appendKeys(objectText: string, extra: Readonly<Record<string, unknown>>): string {
  const extraText = JSON.stringify(extra);
  return extraText === "{}" ? objectText : `${objectText.slice(0, -1)},${extraText.slice(1)}`;
}

function asColumn(value: unknown, lengthMax: number): string | null {
  return value === null || value === undefined ? null : String(value).slice(0, lengthMax);
}
