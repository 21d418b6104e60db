import fc from "fast-check";
import { EXPRESSION_FUNCTIONS, PAYLOAD_FIELDS } from "../src/index.ts";
import { HOSTILE_EXPRESSIONS, HOSTILE_SOURCES } from "./hostile.ts";

const NAMES = ["data", "metadata", "event", "items", "name", "price", "quantity", "x", "y", "__proto__", "constructor"];
const FUNCTIONS = [...EXPRESSION_FUNCTIONS.map(({ name }) => name), "matches", "toString", "valueOf", "hasOwnProperty"];
const OPERATORS = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "in"];

const literal = fc.oneof(
  fc.constantFrom(
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e308",
    "9007199254740991",
    "''",
    '"ı"',
    '"{{"',
    "[]",
    "{}",
  ),
  fc.string({ unit: "grapheme", maxLength: 8 }).map((text) => JSON.stringify(text)),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);
const path = fc.oneof(
  fc.constantFrom(...PAYLOAD_FIELDS.map((field) => field.path.replace("[]", "[0]"))),
  fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 }).map((names) => names.join(".")),
);

/** Expressions by the grammar: most of them compile, many of them fail for an event. */
const grammatical = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 6, depthSize: "small", withCrossShrink: true },
    path,
    literal,
    fc
      .tuple(tie("expression"), fc.constantFrom(...OPERATORS), tie("expression"))
      .map((parts) => `(${parts.join(" ")})`),
    fc.tuple(fc.constantFrom("!", "-"), tie("expression")).map((parts) => parts.join("")),
    fc.tuple(tie("expression"), tie("expression"), tie("expression")).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc
      .tuple(fc.constantFrom(...FUNCTIONS), fc.array(tie("expression"), { maxLength: 3 }))
      .map(([name, args]) => `${name}(${args.join(", ")})`),
    fc
      .tuple(tie("expression"), fc.constantFrom(...FUNCTIONS), fc.array(tie("expression"), { maxLength: 2 }))
      .map(([receiver, name, args]) => `${receiver}.${name}(${args.join(", ")})`),
    fc
      .tuple(tie("expression"), fc.constantFrom("map", "filter", "all", "exists", "exists_one"), tie("expression"))
      .map(([list, macro, body]) => `${list}.${macro}(x, ${body})`),
    fc.array(tie("expression"), { maxLength: 3 }).map((elements) => `[${elements.join(", ")}]`),
    fc.tuple(tie("expression"), tie("expression")).map(([key, value]) => `{${key}: ${value}}`),
    fc.tuple(tie("expression"), tie("expression")).map(([owner, index]) => `${owner}[${index}]`),
  ),
})).expression;

/** A text with a piece cut out, put in or doubled. */
function mutated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.constantFrom("{{", "}}", '"', "'", "\\", "(", ")", "[", "]", ".", "\n", "\ud800", "💥"),
    fc.string(),
  );
  return fc
    .tuple(texts, fc.nat(), fc.nat(12), piece)
    .map(
      ([text, at, cut, put]) =>
        text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + cut),
    );
}

const hostile = fc.constantFrom(...HOSTILE_EXPRESSIONS, ...Object.values(HOSTILE_SOURCES));

export const randomExpressions = fc.oneof(
  { weight: 6, arbitrary: grammatical },
  { weight: 2, arbitrary: mutated(grammatical) },
  { weight: 1, arbitrary: mutated(hostile) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
);
