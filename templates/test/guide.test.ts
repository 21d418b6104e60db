import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  compileFilter,
  compileRequestTemplate,
  compileSuccessCondition,
  EXPRESSION_FUNCTIONS,
  LIMITS,
  type Payload,
  TemplateError,
} from "../src/index.ts";
import { bodyWith } from "./hostile.ts";

const GUIDE = join(import.meta.dirname, "../../docs/guide");
const PAGE = readFileSync(join(GUIDE, "expressions.md"), "utf8");
const PAYLOAD = JSON.parse(codeBlock(readFileSync(join(GUIDE, "events.md"), "utf8"), "json payload")) as Payload;

test.each(rowsBelow("Filters"))("the guide's filter %s gives %s", (filter, gives) => {
  expect(String(compileFilter(filter).matches(PAYLOAD))).toBe(gives);
});

test("the guide's request template renders to what the guide says", () => {
  const template = compileRequestTemplate({ ...bodyWith("1"), body: codeBlock(PAGE, "json template") });
  expect(JSON.parse(template.render(PAYLOAD).body)).toEqual(JSON.parse(codeBlock(PAGE, "json rendered")));
});

test.each(rowsBelow("Success conditions"))("the guide's success condition for %s is one", (_, condition) => {
  compileSuccessCondition(condition);
});

test.each(rowsBelow("Missing, null, numbers and text"))("the guide's %s gives %s", (expression, gives) => {
  expect(rendered(expression)).toBe(gives);
});

test("the guide's functions are those that there are, as completion explains them", () => {
  expect(rowsBelow("Functions").map((row) => row.slice(0, 3))).toEqual(
    EXPRESSION_FUNCTIONS.map(({ signature, description, example }) => [signature, description, example]),
  );
});

test.each(rowsBelow("Functions"))(
  "the guide's example of %s: %s %s gives %s",
  (_signature, _description, example, gives) => {
    expect(rendered(example)).toBe(gives);
  },
);

test("the guide's limits are those that are kept", () => {
  const numbers = rowsBelow("Limits").flatMap(([what, value]) => `${what} ${value}`.match(/\d[\d,]*/g) ?? []);
  const { textChars, headers, fields, expressionNodes, expressionDepth, comprehensionDepth } = LIMITS;
  const { steps, bytes, bodyChars, answerChars } = LIMITS;
  const kept = [textChars, headers, fields, expressionNodes, expressionDepth, comprehensionDepth];
  expect(numbers.map((number) => Number(number.replaceAll(",", "")))).toEqual([
    ...kept,
    steps,
    bytes / 1_048_576,
    bodyChars,
    answerChars,
  ]);
});

function rendered(expression: string): string {
  try {
    return compileRequestTemplate(bodyWith(expression)).render(PAYLOAD).body;
  } catch (error) {
    if (error instanceof TemplateError) return "error";
    throw error;
  }
}

/** The cells of the table below a heading, without the marks of code. */
function rowsBelow(heading: string): readonly [string, string, string, string][] {
  const section = PAGE.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const [, , ...rows] = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.map((row) => {
    const cells = row.slice(1, -1).split(/(?<!\\)\|/);
    const [first = "", second = "", third = "", fourth = ""] = cells.map((cell) =>
      cell.trim().replaceAll("`", "").replaceAll("\\|", "|"),
    );
    return [first, second, third, fourth];
  });
}

function codeBlock(page: string, info: string): string {
  return page.split(`\`\`\`${info}\n`)[1]?.split("```")[0] ?? "";
}
