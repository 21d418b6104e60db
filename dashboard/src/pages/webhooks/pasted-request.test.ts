import { expect, test } from "vitest";
import { readPastedRequest } from "./pasted-request.ts";

const headers = {
  "webhook-id": "0192c3a0",
  "webhook-timestamp": "1764000000",
  "webhook-signature": "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= v1,AAAA",
};
const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

test.each([
  ["lines", lines.join("\n")],
  ["lines of a Windows clipboard", `\r\n${lines.join("\r\n")}\r\n`],
  ["JSON", JSON.stringify(headers, null, 2)],
  ["lines of JSON without its braces", JSON.stringify(headers, null, 2).slice(2, -2)],
  ["options of curl", lines.map((line) => `  -H '${line}' \\`).join("\n")],
  ["long options of curl", lines.map((line) => `--header "${line}" \\`).join("\n")],
])("headers are read from %s", (_form, text) => {
  expect(readPastedRequest(text)).toEqual({ headers, body: null });
});

test("a whole request falls into its headers and its body, which stays as it is", () => {
  const body = '{"event":"order.created",\n\n "note": " x " }\n';
  const text = `POST /vera HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
  expect(readPastedRequest(text)).toEqual({ headers, body });
});

test("values may have colons and commas in them", () => {
  expect(readPastedRequest("Date: Tue, 24 Nov 2026 12:00:00 GMT").headers).toEqual({
    Date: "Tue, 24 Nov 2026 12:00:00 GMT",
  });
});

test.each(["", "  \n ", "no header in here", "[1, 2", '"text"', "null"])("%j has no header", (text) => {
  expect(readPastedRequest(text).headers).toEqual({});
});
