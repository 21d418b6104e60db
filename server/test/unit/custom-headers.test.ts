import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findCustomHeaderProblems } from "../../src/domain/custom-headers.ts";
import * as eventHeaders from "../../src/domain/event-headers.ts";

const isAccepted = (name: string, value = "x"): boolean => findCustomHeaderProblems({ [name]: value }).length === 0;

test("ordinary headers are accepted", () => {
  expect(
    findCustomHeaderProblems({
      "X-API-Key": "abc 123",
      Authorization: "Bearer eyJhbGciOi",
      Accept: "application/json",
      Cookie: "a=b; c=d",
      "X-Country": "T\u00fcrkiye",
      "X-Empty": "",
    }),
  ).toEqual([]);
});

describe("headers of the contract cannot be replaced", () => {
  test.each([
    ...Object.values(eventHeaders),
    "Host",
    "Content-Length",
    "Connection",
    "Transfer-Encoding",
    "Keep-Alive",
    "Proxy-Authorization",
    "Proxy-Connection",
    "TE",
    "Trailer",
    "Upgrade",
    "Expect",
    "webhook-anything",
    "X-Webhook-Anything",
    "Content-Encoding",
  ])("%s", (name) => {
    for (const spelling of [name, name.toLowerCase(), name.toUpperCase()]) expect(isAccepted(spelling)).toBe(false);
  });
});

test("__proto__ is refused as a name even when it is a real key", () => {
  expect(findCustomHeaderProblems(JSON.parse('{"__proto__":"x"}'))).toHaveLength(1);
});

test.each(["", " ", "a b", "a:b", "a\r\nX-Evil", "a\0", "naïve", "(x)", "a,b", 'a"b', "x".repeat(101)])(
  "name %j is refused",
  (name) => {
    expect(isAccepted(name)).toBe(false);
  },
);

test.each([
  "a\r\nX-Evil: 1",
  "a\nb",
  "a\rb",
  "a\0b",
  "\x7f",
  "\x1b[31m",
  "\u0130stanbul",
  "🍕",
  " a",
  "a ",
  "\u0085",
  "x".repeat(2001),
])("value %j is refused", (value) => {
  expect(isAccepted("X-Ok", value)).toBe(false);
});

test("twenty headers are accepted, twenty-one are not", () => {
  const headers = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`X-${index}`, "x"]));
  expect(findCustomHeaderProblems(headers(20))).toEqual([]);
  expect(findCustomHeaderProblems(headers(21))).toHaveLength(1);
});

test("a name given twice in different case is refused", () => {
  expect(findCustomHeaderProblems({ "X-A": "1", "x-a": "2" }).map(({ field }) => field)).toEqual(["customHeaders.x-a"]);
});

test("a problem names the header, in the caller's words", () => {
  expect(findCustomHeaderProblems({ Host: "evil" }, "input.customHeaders")).toEqual([
    {
      field: "input.customHeaders.Host",
      message: "This header is set by the service and cannot be replaced.",
      reason: "RESERVED",
    },
  ]);
});

test("no accepted header contains what could end a header line", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string());
  fc.assert(
    fc.property(text, text, (name, value) => {
      if (!isAccepted(name, value)) return;
      expect(name).toMatch(/^[\x21-\x7e]+$/);
      expect(name).not.toContain(":");
      expect(value).toMatch(/^[\t\x20-\x7e\xa0-\xff]*$/);
    }),
    { numRuns: 5_000 },
  );
});
