/** How a row of a filter compares. */
export type Comparison =
  | "equals"
  | "differs"
  | "greater"
  | "atLeast"
  | "less"
  | "atMost"
  | "contains"
  | "startsWith"
  | "isGiven"
  | "isMissing";

/** What a field is compared as. */
export type FilterFieldType = "string" | "number";

export interface FilterField {
  /** `data.items[].name`: of any of the items. */
  readonly path: string;
  readonly type: FilterFieldType;
  readonly isNullable: boolean;
}

/** One condition of a filter. All of them have to hold. */
export interface FilterRow {
  readonly path: string;
  readonly comparison: Comparison;
  /** As it was typed; empty where nothing is compared with. */
  readonly value: string;
}

const operators = { equals: "==", differs: "!=", greater: ">", atLeast: ">=", less: "<", atMost: "<=" } as const;
const calls = { contains: "contains", startsWith: "startsWith" } as const;
const nullChecks = { isGiven: "!= null", isMissing: "== null" } as const;

/** What can be asked of a field. */
export function comparisonsOf({ path, type, isNullable }: FilterField): readonly Comparison[] {
  const ofType: readonly Comparison[] =
    type === "number"
      ? ["greater", "atLeast", "less", "atMost", "equals", "differs"]
      : ["equals", "differs", "contains", "startsWith"];
  return isNullable && !path.includes("[]") ? [...ofType, "isGiven", "isMissing"] : ofType;
}

export function needsValue(comparison: Comparison): boolean {
  return !(comparison in nullChecks);
}

/** Whether a row says something: numbers have to be numbers. */
export function isComplete({ path, comparison, value }: FilterRow, fields: readonly FilterField[]): boolean {
  const field = fields.find((one) => one.path === path);
  if (field === undefined) return false;
  return !needsValue(comparison) || field.type !== "number" || numberPattern.test(value.trim());
}

/** The filter that the rows mean, as an expression; empty for none. Rows that are not complete are left out. */
export function filterOfRows(rows: readonly FilterRow[], fields: readonly FilterField[]): string {
  return rows
    .filter((row) => isComplete(row, fields))
    .map((row) => clauseOf(row, fields.find(({ path }) => path === row.path) as FilterField))
    .join(and);
}

/** The rows that would be written as this filter; null when it says something that rows cannot. */
export function rowsOfFilter(filter: string, fields: readonly FilterField[]): readonly FilterRow[] | null {
  const text = filter.trim();
  if (text === "") return [];
  const rows: FilterRow[] = [];
  for (const part of partsOf(text)) {
    const row = fields.map((field) => rowOf(part, field)).find((one) => one !== null);
    if (row === undefined) return null;
    const before = rows.at(-1);
    // The check that goes before a comparison of what may be missing is no row of its own.
    if (before?.comparison === "isGiven" && before.path === row.path && needsGuard(row, fields)) rows.pop();
    rows.push(row);
  }
  return filterOfRows(rows, fields) === text ? rows : null;
}

const and = " && ";
const numberPattern = /^-?\d+(?:\.\d+)?$/;
const item = "item";

function clauseOf(row: FilterRow, field: FilterField): string {
  const [list, rest] = field.path.split("[].");
  if (rest === undefined) return guarded(row, field, field.path);
  return `${list}.exists(${item}, ${guarded(row, field, `${item}.${rest}`)})`;
}

function guarded(row: FilterRow, field: FilterField, path: string): string {
  const clause = comparisonOf(row, field, path);
  return isUnsafe(row, field) ? `${path} ${nullChecks.isGiven}${and}${clause}` : clause;
}

function comparisonOf({ comparison, value }: FilterRow, { type }: FilterField, path: string): string {
  if (comparison === "isGiven" || comparison === "isMissing") return `${path} ${nullChecks[comparison]}`;
  const literal = type === "number" ? value.trim() : JSON.stringify(value);
  if (comparison === "contains" || comparison === "startsWith") return `${path}.${calls[comparison]}(${literal})`;
  return `${path} ${operators[comparison]} ${literal}`;
}

/** Whether this comparison fails for what is missing, and so would stop the order. */
function isUnsafe({ comparison }: FilterRow, { isNullable }: FilterField): boolean {
  return isNullable && comparison !== "equals" && comparison !== "differs" && needsValue(comparison);
}

function needsGuard(row: FilterRow, fields: readonly FilterField[]): boolean {
  const field = fields.find(({ path }) => path === row.path);
  return field !== undefined && !field.path.includes("[]") && isUnsafe(row, field);
}

/** What is joined by `&&`, outside of strings and brackets. */
function partsOf(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const [piece] of text.matchAll(/"(?:[^"\\]|\\.)*"|&&|[\s\S]/g)) {
    if (piece === "(") depth += 1;
    if (piece === ")") depth -= 1;
    if (piece === "&&" && depth === 0) parts.push("");
    else parts[parts.length - 1] += piece;
  }
  return parts.map((part) => part.trim());
}

/** The row that is written so for this field; null if none is. */
function rowOf(part: string, field: FilterField): FilterRow | null {
  for (const comparison of comparisonsOf(field)) {
    const value = needsValue(comparison) ? valueIn(part, comparison, field) : "";
    if (value === null) continue;
    const row = { path: field.path, comparison, value };
    if (part === clauseOf(row, field) || part === comparisonOf(row, field, field.path)) return row;
  }
  return null;
}

/** What stands last in it as a literal of the field's type. */
function valueIn(part: string, comparison: Comparison, { type, path }: FilterField): string | null {
  const closing = (path.includes("[]") ? 1 : 0) + (comparison in calls ? 1 : 0);
  const text = part.slice(0, part.length - closing);
  if (type === "number") return /(-?\d+(?:\.\d+)?)$/.exec(text)?.[1] ?? null;
  const literal = /"(?:[^"\\]|\\.)*"$/.exec(text)?.[0];
  if (literal === undefined) return null;
  try {
    return JSON.parse(literal) as string;
  } catch {
    return null;
  }
}
