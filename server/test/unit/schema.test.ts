import { readFileSync } from "node:fs";
import {
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from "graphql";
import { expect, test } from "vitest";
import { schema } from "../../src/graphql/schema.ts";

test("schema.graphql is the printed schema", () => {
  const file = readFileSync(new URL("../../../schema.graphql", import.meta.url), "utf8");
  expect(file).toBe(`${printSchema(lexicographicSortSchema(schema))}\n`);
});

/** Relay's own: their meaning is that of the specification. */
const PLUMBING = /^PageInfo\b|(Connection|Edge)(\.|$)|\((first|last|before|after|input):\)$/;

function* undocumented(): Generator<string> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    if (!type.description) yield type.name;
    if (isEnumType(type)) {
      for (const value of type.getValues()) if (!value.description) yield `${type.name}.${value.name}`;
    }
    if (!isObjectType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) yield `${type.name}.${field.name}`;
      const args = "args" in field ? field.args : [];
      for (const arg of args) if (!arg.description) yield `${type.name}.${field.name}(${arg.name}:)`;
    }
  }
}

test("every type, field, argument, input field and enum value says what it means", () => {
  expect([...undocumented()].filter((name) => !PLUMBING.test(name))).toEqual([]);
});
