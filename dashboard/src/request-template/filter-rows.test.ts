import { compileFilter } from "@vera-qr/templates";
import { expect, test } from "vitest";
import { filterFields } from "./filter-fields.ts";
import { comparisonsOf, type FilterRow, filterOfRows, needsValue, rowsOfFilter } from "./filter-rows.ts";

const rows: readonly FilterRow[] = [
  { path: "data.total_amount", comparison: "greater", value: "500" },
  { path: "metadata.table_number", comparison: "equals", value: "12" },
];

test("rows are joined by and", () => {
  expect(filterOfRows(rows, filterFields)).toBe('data.total_amount > 500 && metadata.table_number == "12"');
});

test("what may be missing is checked first, so that an order without it is filtered and does not fail", () => {
  const row = { path: "data.customer_name", comparison: "contains", value: "Yıl" } as const;
  const filter = filterOfRows([row], filterFields);
  expect(filter).toBe('data.customer_name != null && data.customer_name.contains("Yıl")');
  expect(rowsOfFilter(filter, filterFields)).toEqual([row]);
  expect(compileFilter(filter).matches({ data: {} })).toBe(false);
  expect(compileFilter(filter).matches({ data: { customer_name: "Ayşe Yılmaz" } })).toBe(true);
});

test.each(filterFields.flatMap((field) => comparisonsOf(field).map((comparison) => [field, comparison] as const)))(
  "$path $1 is read back as it was written, is a valid filter, and can be evaluated for an empty order",
  (field, comparison) => {
    const values =
      field.type === "number" ? ["0", "-12.5"] : ["", 'a "quoted" && (bracketed) \\ line\nbreak', "ğüşiöç İ"];
    for (const value of needsValue(comparison) ? values : [""]) {
      const pair: FilterRow[] = [{ path: field.path, comparison, value }, ...rows];
      const filter = filterOfRows(pair, filterFields);
      expect(rowsOfFilter(filter, filterFields)).toEqual(pair);
      const { matches } = compileFilter(filter);
      if (field.isNullable)
        expect(typeof matches({ data: { items: [], total_amount: 1 }, metadata: {} })).toBe("boolean");
    }
  },
);

test("a check of its own stays a row beside a comparison that needs one", () => {
  const both: FilterRow[] = [
    { path: "data.customer_name", comparison: "isGiven", value: "" },
    { path: "data.customer_name", comparison: "startsWith", value: "A" },
  ];
  expect(rowsOfFilter(filterOfRows(both, filterFields), filterFields)).toEqual(both);
});

test("a row without a number where one is needed is left out", () => {
  expect(filterOfRows([{ path: "data.total_amount", comparison: "less", value: "1e" }], filterFields)).toBe("");
});

test.each([
  'data.total_amount > 500 || data.status == "served"',
  "data.total_amount>500",
  "data.total_amount > 5 + 5",
  "data.unknown == 1",
  '!(data.status == "served")',
  'data.items.exists(i, i.name == "Çay")',
  'data.status == "served" && ',
  "data.total_amount > 500 // large ones",
  'data.status == "a" + "b"',
])("%s is for the text editor", (filter) => {
  expect(rowsOfFilter(filter, filterFields)).toBeNull();
});

test("no filter is no rows", () => {
  expect(rowsOfFilter(" ", filterFields)).toEqual([]);
  expect(filterOfRows([], filterFields)).toBe("");
});
