import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compileFilter,
  compileRequestTemplate,
  type Payload,
  TemplateError,
  type TemplateProblem,
} from "../src/index.ts";
import { aPayload } from "./a-payload.ts";
import { bodyWith } from "./hostile.ts";

function valueOfExpression(expression: string, payload: Payload = aPayload()): unknown {
  return JSON.parse(compileRequestTemplate(bodyWith(expression)).render(payload).body);
}

function filterProblem(source: string, payload: Payload = aPayload()): TemplateProblem | undefined {
  try {
    compileFilter(source).matches(payload);
  } catch (error) {
    if (error instanceof TemplateError) return error.problems[0];
    throw error;
  }
  throw new Error("Nothing is wrong.");
}

describe("numbers", () => {
  test.each([
    ["0.1 + 0.2", 0.3],
    ["0.1 * 3", 0.3],
    ["1000000.1 - 1000000", 0.1],
    ["1.005 * 100", 100.5],
    ["0.3 / 0.1", 3],
    ["1 / 3", 0.333333333333333],
    ["5.5 % 2", 1.5],
    ["-7 % 2", -1],
    ["9007199254740991 + 0", 9007199254740991],
    ["1.5e-7 + 1", 1.00000015],
    ["1e300 * 10", 1e301],
    ["int('12') + double('0.5')", 12.5],
    ["int(-1.9)", -1],
    ["sum([0.1, 0.2, 0.3, 0.4])", 1],
    ["-data.total_amount", -179.8],
  ])("%s is %d", (expression, value) => {
    expect(valueOfExpression(expression)).toBe(value);
  });

  test.each([
    ["1.005", 2, "1.01"],
    ["1.004999", 2, "1.00"],
    ["-1.005", 2, "-1.01"],
    ["-0.001", 2, "0.00"],
    ["179.8", 2, "179.80"],
    ["2.5", 0, "3"],
    ["1e21", 2, "1000000000000000000000.00"],
    ["1.5e-7", 7, "0.0000002"],
    ["0.1", 20, "0.10000000000000000000"],
    ["9007199254740991", 1, "9007199254740991.0"],
  ])("fixed(%s, %d) is %s", (number, digits, text) => {
    expect(valueOfExpression(`fixed(double("${number}"), ${digits})`)).toBe(text);
  });

  test("arithmetic on amounts of cents is exact", () => {
    const amount = fc.integer({ min: -10_000_000, max: 10_000_000 });
    const total = compileRequestTemplate(bodyWith("[data.a + data.b, data.a - data.b, data.a * data.n]"));
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 999 }), (a, b, n) => {
        const { body } = total.render({ data: { a: a / 100, b: b / 100, n } });
        expect(JSON.parse(body)).toEqual([(a + b) / 100, (a - b) / 100, (a * n) / 100].map((sum) => sum + 0));
      }),
    );
  });

  test("what is no finite number is an error or null, never invalid JSON", () => {
    expect(filterProblem("1e308 * 10 > 1")?.code).toBe("EVALUATION");
    expect(valueOfExpression("data.x", JSON.parse('{"data":{"x":1e999}}'))).toBeNull();
    expect(filterProblem("fixed(data.x, 2) == ''", JSON.parse('{"data":{"x":1e999}}'))?.code).toBe("EVALUATION");
    expect(filterProblem("int('0x10') == 16")?.code).toBe("EVALUATION");
  });
});

describe("texts", () => {
  test.each([
    ['upper("istanbul ığdır", "tr")', "İSTANBUL IĞDIR"],
    ['upper("istanbul")', "ISTANBUL"],
    ['lower("IĞDIR İZMİR", "tr")', "ığdır izmir"],
    ['truncate("a😀b", 2)', "a😀"],
    ['truncate("kısa", 255)', "kısa"],
    ['substring("a😀b", 1)', "😀b"],
    ['substring("abc", 2, 1)', ""],
    ['size("a😀b")', 3],
    ['split("a😀", "")', ["a", "😀"]],
    ['replace("1-2-3", "-", "$&")', "1$&2$&3"],
    ['[1, "a", null, true].join("|")', "1|a||true"],
    ["escapeSlack('<!channel> & <@U1>')", "&lt;!channel&gt; &amp; &lt;@U1&gt;"],
    ["escapeMarkdown('[a](http://b) @everyone')", "\\[a\\]\\(http\\://b\\) \\@everyone"],
    ['json({"a": [1, "ş"]})', '{"a":[1,"ş"]}'],
  ])("%s is %j", (expression, value) => {
    expect(valueOfExpression(expression)).toEqual(value);
  });
});

describe("times", () => {
  test.each([
    ['formatDate("2024-07-01T21:30:00Z", "yyyy-MM-dd HH:mm XXX", "Europe/Berlin")', "2024-07-01 23:30 +02:00"],
    ['formatDate("2024-01-01T23:30:00Z", "yyyy-MM-dd HH:mm XXX", "Europe/Berlin")', "2024-01-02 00:30 +01:00"],
    ['formatDate("2024-01-01T02:30:00Z", "yy-M-d H", "America/New_York")', "23-12-31 21"],
    ['formatDate("2024-01-02T03:04:05.678Z", "yyyy-MM-dd\'T\'HH:mm:ss.SSSXXX")', "2024-01-02T03:04:05.678+00:00"],
    ["formatDate(1704191400000, 'dd.MM.yyyy')", "02.01.2024"],
    ["epochMillis('2024-01-02T10:30:00+03:00')", 1704180600000],
    ["epochMillis('2024-01-02')", 1704153600000],
  ])("%s is %j", (expression, value) => {
    expect(valueOfExpression(expression)).toBe(value);
  });

  test.each([
    "epochMillis('yesterday')",
    "formatDate('2024-13-01T00:00:00Z', 'yyyy')",
    "formatDate(0, 'QQ')",
    "formatDate(8640000000000000, 'yyyy', 'Europe/Istanbul')",
    "formatDate(0, 'HH', 'Mars/Base')",
  ])("%s is an error", (expression) => {
    expect(filterProblem(`${expression} == ""`)?.code).toBe("EVALUATION");
  });
});

describe("problems", () => {
  test.each([
    [
      "data.total > 5",
      "EVALUATION",
      "data.total",
      "`data.total` is null, where a number or text is needed; default(…) gives a value for it.",
    ],
    ["data.customer_name > 5", "TYPE", "5", "`5` is a number, where text, as on the left side, is needed."],
    ["(data.total_amount + 1) == (data.x - 1)", "EVALUATION", "data.x", null],
    ["1 + (2 + ('a'))", "TYPE", "'a'", null],
    ["data.total_amount > 5 &&", "SYNTAX", "", null],
    ["dat.total_amount > 5", "UNKNOWN_NAME", "dat", null],
    ["data.customer_name.matches('a')", "UNKNOWN_NAME", "data.customer_name.matches('a')", null],
    ["size(1, 2) > 1", "TYPE", "size(1, 2)", "It is called as size(x): number."],
    ["data.items.map(i, i)", "TYPE", "data.items.map(i, i)", null],
    ["data.items.name == 'x'", "TYPE", "data.items", null],
    ["data.items.map(a, data.items.map(b, data.items.map(c, 1))) == 1", "LIMIT", "data.items.map(c, 1)", null],
    ["credential == 'x'", "NOT_ALLOWED", "credential", null],
    ["9007199254740993 > 1", "LIMIT", "9007199254740993", null],
    [
      "1 / (data.total_amount - data.total_amount) > 1",
      "EVALUATION",
      "data.total_amount - data.total_amount",
      "This divides by zero.",
    ],
  ] as const)("%s: %s at %j", (source, code, place, message) => {
    const problem = filterProblem(source);
    expect([problem?.code, source.slice(problem?.from, problem?.to)]).toEqual([code, place]);
    if (message !== null) expect(problem?.message).toBe(message);
  });

  test("line and column are where the problem begins", () => {
    expect(filterProblem("data.total_amount > 5\n  && nothing > 5")).toMatchObject({
      line: 2,
      column: 6,
      from: 27,
      to: 34,
    });
  });
});

test("of `&&`, `||`, `exists` and `all`, a part that fails does not matter where another one decides", () => {
  expect(valueOfExpression("data.x > 1 || true")).toBe(true);
  expect(valueOfExpression("data.x > 1 && false")).toBe(false);
  expect(valueOfExpression("[null, 2].exists(n, n > 1)")).toBe(true);
  expect(valueOfExpression("[null, 0].all(n, n > 1)")).toBe(false);
  expect(filterProblem("data.x > 1 || false")?.code).toBe("EVALUATION");
  expect(filterProblem("[null, 2].all(n, n > 1)")?.code).toBe("EVALUATION");
});
