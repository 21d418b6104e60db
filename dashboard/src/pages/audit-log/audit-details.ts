/** One setting, before and after. */
export interface AuditChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** The settings that an entry says were changed. */
export function changesIn(details: Readonly<Record<string, unknown>>): readonly AuditChange[] {
  const { changes } = details;
  if (isRecord(changes)) {
    return Object.entries(changes).flatMap(([field, change]) =>
      isRecord(change) ? [{ field, from: change["from"], to: change["to"] }] : [],
    );
  }
  if ("from" in details && "to" in details) return [{ field: "role", from: details["from"], to: details["to"] }];
  return [];
}

/** A text or number of the details; undefined if there is none of this name. */
export function detail(details: Readonly<Record<string, unknown>>, name: string): string | number | undefined {
  const value = details[name];
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
