import { uuidV7LowerBound } from "@vera-qr/prisma/uuid-v7-lower-bound";
import type { IdPage } from "./domain/id-page.ts";

/** A range of time of creation, in ISO 8601; the end is exclusive. */
export interface CreatedRange {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** Appends a parameter and answers its placeholder. */
export function bind(values: unknown[], value: unknown): string {
  return `$${values.push(value)}`;
}

export function direction({ order }: IdPage): "ASC" | "DESC" {
  return order === "newestFirst" ? "DESC" : "ASC";
}

/** The page's place and a range of time as bounds on a column of UUIDv7: of a partitioned table only the days within are opened. */
export function within(
  column: string,
  { order, after }: IdPage,
  { since, until }: CreatedRange,
  values: unknown[],
): string {
  const beyond = order === "newestFirst" ? "<" : ">";
  return [
    ...(after === null ? [] : [`${column} ${beyond} ${bind(values, after)}::uuid`]),
    ...(since ? [`${column} >= ${bind(values, uuidV7LowerBound(new Date(since)))}::uuid`] : []),
    ...(until ? [`${column} < ${bind(values, uuidV7LowerBound(new Date(until)))}::uuid`] : []),
    "TRUE",
  ].join(" AND ");
}
