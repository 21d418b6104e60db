import fc from "fast-check";
import { expect, test } from "vitest";
import {
  compileFilter,
  compileRequestTemplate,
  compileSuccessCondition,
  LIMITS,
  type Payload,
  type RenderedRequest,
  type RequestTemplate,
  TemplateError,
} from "../src/index.ts";
import { aPayload } from "./a-payload.ts";
import { bodyWith, HOSTILE_EXPRESSIONS, HOSTILE_PAYLOADS, HOSTILE_SOURCES, templateWith } from "./hostile.ts";
import { randomExpressions } from "./random-expressions.ts";
import { type WatchedPayload, watched } from "./watched-payload.ts";

/** Steps are charged before the reads that they are for, so that an event is read at most so often. */
const READS_MAX = LIMITS.steps * 2;

test("ten thousand random texts never crash, read nothing but the payload, and keep its budget", () => {
  const payload = watched(aPayload());
  fc.assert(
    fc.property(randomExpressions, (expression) => {
      expectHarmless(expression, payload, [bodyWith(expression), templateWith(expression)]);
    }),
    { numRuns: 10_000 },
  );
});

test.each(Object.entries(HOSTILE_PAYLOADS))("no hostile text is too much work for %s", (_, makePayload) => {
  const payload = watched(makePayload());
  for (const expression of HOSTILE_EXPRESSIONS) expectHarmless(expression, payload, [bodyWith(expression)]);
});

test.each(Object.entries(HOSTILE_SOURCES))("a text of 8 KiB of %s is compiled or refused", (_, source) => {
  expectHarmless(source, watched(aPayload()), [bodyWith(source), templateWith(source)]);
  for (const compile of [
    () => compileSuccessCondition(source),
    () => compileRequestTemplate({ ...bodyWith("1"), body: source }),
    () => compileRequestTemplate({ ...bodyWith("1"), path: `/${source}` }),
    () => compileRequestTemplate({ ...bodyWith("1"), headers: { "X-A": source } }),
    () => compileRequestTemplate({ ...bodyWith("1"), headers: { [source]: "" } }),
    () => compileRequestTemplate({ ...bodyWith("1"), body: null, fields: [source] }),
  ]) {
    resultOf<unknown>(compile);
  }
});

test("what the payload inherits is not there", () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    expect(render(`[data.${name}, has(data.${name}), data["${name}"], "${name}" in data]`)).toBe(
      "[null,false,null,false]",
    );
  }
  expect(render("data.items.length", aPayload({ items: null }))).toBe("null");
  expect(render('{"__proto__": 1}')).toBe('{"__proto__":1}');
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

test("a key that is called __proto__ is a key", () => {
  const payload = JSON.parse('{"data":{"__proto__":{"a":1}}}') as Payload;
  expect(render("data.__proto__.a", payload)).toBe("1");
  const selection = compileRequestTemplate({ ...bodyWith("1"), body: null, fields: ["data.__proto__.a"] });
  expect(selection.render(payload).body).toBe('{"data":{"__proto__":{"a":1}}}');
});

function expectHarmless(expression: string, watching: WatchedPayload, templates: readonly RequestTemplate[]): void {
  const filter = resultOf(() => compileFilter(expression));
  if (filter !== null) {
    const matches = evaluated(watching, (payload) => filter.matches(payload));
    const explanation = evaluated(watching, (payload) => filter.explain(payload));
    expect(explanation?.matches ?? null, expression).toBe(matches);
  }
  for (const template of templates) {
    const compiled = resultOf(() => compileRequestTemplate(template));
    const request = compiled && evaluated(watching, (payload) => compiled.render(payload));
    if (request !== null) expectSendable(request);
  }
}

function expectSendable({ path, headers, body }: RenderedRequest): void {
  expect(body.length).toBeLessThanOrEqual(LIMITS.bodyChars);
  JSON.parse(body);
  const url = new URL(`https://example.com/base${path ?? ""}`);
  expect(url.host).toBe("example.com");
  expect(url.pathname.startsWith("/base")).toBe(true);
  for (const [name, value] of headers) new Headers().set(name, value);
}

function evaluated<Result>(watching: WatchedPayload, evaluate: (payload: Payload) => Result): Result | null {
  const readsBefore = watching.reads();
  const result = resultOf(() => evaluate(watching.payload));
  expect(watching.foreignReads).toEqual([]);
  expect(watching.reads() - readsBefore).toBeLessThanOrEqual(READS_MAX);
  return result;
}

/** Null where it is refused; anything else that is thrown fails the test. */
function resultOf<Result>(call: () => Result): Result | null {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    expect(error.problems.length).toBeGreaterThan(0);
    for (const { message, from, to, line, column } of error.problems) {
      expect(message).not.toBe("");
      expect(from).toBeLessThanOrEqual(to);
      expect(Math.min(from, line - 1, column - 1)).toBeGreaterThanOrEqual(0);
    }
    return null;
  }
}

function render(expression: string, payload = aPayload()): string {
  return compileRequestTemplate(bodyWith(expression)).render(payload).body;
}
