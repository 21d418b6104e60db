import { PAYLOAD_FIELDS } from "@vera-qr/templates";
import type { FilterField } from "./filter-rows.ts";

/** Fields of the payload that can be compared with a value: texts, times among them, and numbers. */
export const filterFields: readonly FilterField[] = PAYLOAD_FIELDS.flatMap(({ path, type, isNullable }) =>
  type === "list" || type === "map"
    ? []
    : [{ path, isNullable, type: type === "number" ? "number" : "string" } as const],
);
