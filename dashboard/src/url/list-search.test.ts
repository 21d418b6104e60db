import { expect, test } from "vitest";
import { z } from "zod/mini";
import { listOf, listOfIds } from "./list-search.ts";

const search = z.object({ status: listOf(["failed", "success"]), webhook: listOfIds });

test.each([
  [{}, {}],
  [{ status: "failed" }, { status: ["failed"] }],
  [{ status: ["failed", "success", "failed"] }, { status: ["failed", "success"] }],
  [{ status: ["failed", "nonsense"] }, { status: ["failed"] }],
  [{ status: "nonsense", webhook: "1 or 1=1" }, {}],
  [{ webhook: "0198A000-0000-7000-8000-000000000001" }, { webhook: ["0198A000-0000-7000-8000-000000000001"] }],
])("%o is read as %o", (values, expected) => {
  expect(search.parse(values)).toEqual(expected);
});
