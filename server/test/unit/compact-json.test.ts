import fc from "fast-check";
import { expect, test } from "vitest";
import { compactJson } from "../../src/domain/compact-json.ts";

test("indented JSON becomes what it was before it was indented", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(1, 2, "\t", " \r\n "), (value, indent) => {
      const compact = JSON.stringify(value);
      // An indentation is white space between tokens, of which JSON.stringify takes at most ten characters.
      expect(compactJson(JSON.stringify(value, null, indent))).toBe(compact);
    }),
  );
});

test("numbers, escapes and white space within strings stay as they are written", () => {
  expect(compactJson('{ "price" : 89.90,\n "name":"Y\\u0131lmaz \\" , :  \\\\" , "big": 12345678901234567890 }')).toBe(
    '{"price":89.90,"name":"Y\\u0131lmaz \\" , :  \\\\","big":12345678901234567890}',
  );
});

test("what is no JSON has no compact form", () => {
  for (const text of ["", "{", "{'a':1}", "order=1", '{"a":1}x']) expect(compactJson(text), text).toBeNull();
});
