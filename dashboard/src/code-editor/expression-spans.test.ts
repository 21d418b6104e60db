import { expect, test } from "vitest";
import { expressionSpans } from "./expression-spans.ts";

function expressionsOf(text: string): string[] {
  return expressionSpans(text).map(({ from, to }) => text.slice(from, to));
}

test("every expression of a template is found, without its braces", () => {
  expect(expressionsOf('{"a": "{{ data.id }}", "b": "x {{ 1 }} y {{2}}"}')).toEqual([" data.id ", " 1 ", "2"]);
});

test("braces in a string of the expression do not end it, escaped quotes included", () => {
  expect(expressionsOf('{{ "}}" + data.id }}!')).toEqual([' "}}" + data.id ']);
  expect(expressionsOf(String.raw`"{{ default(a, \"}}\") }}"`)).toEqual([String.raw` default(a, \"}}\") `]);
});

test("one that is being written goes to the end of its line", () => {
  expect(expressionsOf('"{{ data.\n"{{ 1 }}"')).toEqual([" data.", " 1 "]);
});

test("a quote that is never closed takes no brace with it", () => {
  expect(expressionsOf("{{ data.name + ' }} and {{ 2 }}")).toEqual([" data.name + ' ", " 2 "]);
});
