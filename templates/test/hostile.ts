import type { Payload, RequestTemplate } from "../src/index.ts";
import { LIMITS } from "../src/index.ts";
import { aPayload } from "./a-payload.ts";

const MEBIBYTE = 1_048_576;

/** Payloads of about 1 MiB, each hard in its own way. */
export const HOSTILE_PAYLOADS: Readonly<Record<string, () => Payload>> = {
  "thousands of items": () => aPayload({ items: repeated(6_000, (index) => anItem(index)) }),
  "a long text": () => aPayload({ customer_notes: "a".repeat(MEBIBYTE - 2_000) }),
  "a long text of pairs": () => aPayload({ customer_notes: "ğ😀".repeat(MEBIBYTE / 6) }),
  "two texts that almost match": () =>
    aPayload({
      customer_notes: `${"a".repeat(900_000)}`,
      customer_name: `${"a".repeat(50_000)}b${"a".repeat(50_000)}`,
    }),
  "only characters that are escaped": () => aPayload({ customer_notes: '<"'.repeat(MEBIBYTE / 3) }),
  "only control characters": () => aPayload({ customer_notes: "\u0001".repeat(MEBIBYTE / 6) }),
  "seventy thousand fields": () =>
    aPayload({ items: [Object.fromEntries(repeated(70_000, (index) => [`k${index}`, index]))] }),
  "half a million numbers": () => aPayload({ items: repeated(MEBIBYTE / 2 - 2_000, (index) => index % 10) }),
  "empty objects": () => aPayload({ items: repeated(MEBIBYTE / 3 - 2_000, () => ({})) }),
  "a thousand time zones": () =>
    aPayload({
      items: repeated(2_000, (index) => ({ ...anItem(index), name: `Etc/GMT${index % 2 ? "+" : "-"}${index % 13}` })),
    }),
  "enormous numbers": () =>
    aPayload({ items: repeated(6_000, (index) => ({ ...anItem(index), price: 1.7e308 - index })) }),
  "lists in lists": () => aPayload({ items: JSON.parse("[".repeat(1_500) + "]".repeat(1_500)) }),
};

/** Expressions that try to be slow, to make much, or to get out. */
export const HOSTILE_EXPRESSIONS: readonly string[] = [
  // Repetition in repetition.
  "data.items.map(a, data.items.map(b, a.price * b.price))",
  "data.items.exists(a, data.items.exists(b, a.price + b.price == 0.1))",
  "data.items.all(a, data.items.filter(b, b.name == a.name).size() == 1)",
  "data.items.map(a, data.items)",
  "data.items.filter(a, a in data.items).size()",
  "data.items.map(a, data.items == data.items)",
  "data.items == data.items.filter(a, true)",
  "data.items.map(a, json(a)).join()",
  "data.items.map(a, [a, a, a, a, a, a, a, a]).map(b, [b, b, b, b, b, b, b, b])",
  "[data, data, data, data, data, data, data, data]",
  "data.items + data.items + data.items + data.items",
  "sum(data.items.map(a, a.price / 3.7))",
  "data.items.map(a, a.price * 1.234567 + 0.1)",
  // Text that grows.
  sums("data.customer_notes", 60),
  "data.items.map(a, data.customer_notes + a.name)",
  'data.items.map(a, "x" + a.name).join(data.customer_notes)',
  "[data.customer_notes, data.customer_notes].join(data.customer_notes)",
  'data.customer_notes.replace("a", "aaaaaaaa")',
  'data.customer_notes.replace("a", data.customer_notes)',
  'data.customer_notes.split("").join(" ")',
  'data.customer_notes.split("a").size()',
  "json(json(json(data)))",
  "json(data)",
  "escapeHtml(escapeHtml(data.customer_notes))",
  "escapeMarkdown(data.customer_notes)",
  "escapeSlack(data.customer_notes)",
  // Text that is looked through.
  "data.customer_notes.contains(data.customer_name)",
  'data.customer_notes.contains("aaaaaaaaaaaaaaaaaaaab")',
  'data.customer_notes.contains("baaaaaaaaaaaaaaaaaaaa")',
  "data.items.map(a, data.customer_notes.contains(a.name))",
  "data.items.map(a, size(data.customer_notes))",
  "size(data.customer_notes)",
  "data.customer_notes.substring(100000, 900000)",
  'upper(data.customer_notes, "tr")',
  'lower(upper(data.customer_notes, "tr"), "tr")',
  "upper(data.customer_notes)",
  "trim(data.customer_notes)",
  `data.customer_notes == data.customer_notes + ""`,
  'data.customer_notes + "b" > data.customer_notes + "a"',
  '{"a": 1}[data.customer_notes + "b"]',
  '{data.customer_notes + "b": 1}',
  // Times and numbers.
  'data.items.map(a, formatDate(data.created_at, "yyyy-MM-dd HH:mm:ss", a.name))',
  'data.items.map(a, formatDate(data.created_at, "yyyy-MM-dd HH:mm:ss", "Europe/Istanbul"))',
  'data.items.map(a, formatDate(data.created_at, "yyyyMMddHHmmssSSSyyyyMMddHHmmssSSSyyyyMMddHHmmssSSS"))',
  "data.items.map(a, formatDate(data.created_at, data.customer_notes))",
  "data.items.map(a, epochMillis(data.created_at))",
  "data.items.map(a, fixed(a.price, 20))",
  "data.items.map(a, string(a.price)).join()",
  // Failures that are forgiven.
  "data.items.exists(a, a.nothing > 1)",
  'data.items.exists(a, a.nothing > 1 || a.nothing < 1 || a.name == "")',
  `data.items.all(a, ${Array.from({ length: 40 }, () => "a.nothing > 1").join(" && ")})`,
  // Objects.
  "size(data.items[0])",
  "data.items[0].exists(key, key == '')",
  "data.items[0] == data.items[0]",
  "data.items.map(a, size(data))",
  "data.items.map(a, {a.name: a, 'x': a})",
  // Out of the payload.
  "data.__proto__.constructor",
  "data.constructor.prototype",
  'data["__proto__"]["polluted"]',
  "data.items.constructor.constructor",
  "data.items[0].toString",
  'data.items["length"]',
  "data.order_number.length",
  '{"__proto__": {"polluted": true}}.polluted',
  "globalThis",
  "process.env",
  "this",
  "constructor",
  'data.constructor.constructor("return process")()',
  "data.order_number.constructor",
  'data.order_number.matches("(a+)+$")',
  "cel.bind(a, data, a)",
  "google.protobuf.Timestamp",
  "type(data)",
  'b"bytes".json()',
];

/** Sources of 8 KiB that try to make compiling slow, or to overflow a stack. */
export const HOSTILE_SOURCES: Readonly<Record<string, string>> = {
  parentheses: nested("(", "1", ")"),
  "unclosed parentheses": "(".repeat(LIMITS.textChars),
  lists: nested("[", "1", "]"),
  objects: nested('{"a":', "1", "}"),
  negations: `${"!".repeat(LIMITS.textChars - 4)}true`,
  minuses: "-".repeat(LIMITS.textChars),
  "a long sum": sums("1", LIMITS.textChars / 2),
  "a long chain": `data${".a".repeat(LIMITS.textChars / 2 - 2)}`,
  "a long index chain": `data${"[0]".repeat(LIMITS.textChars / 3 - 2)}`,
  "conditions in conditions": "true?".repeat(LIMITS.textChars / 5),
  "a long disjunction": Array.from({ length: 900 }, () => "data.a>1")
    .join("||")
    .slice(0, LIMITS.textChars),
  "disjunctions in disjunctions": `${"(data.a>1||".repeat(90)}true${")".repeat(90)}`,
  "conjunctions in conjunctions": `${"(data.a>1&&".repeat(90)}true${")".repeat(90)}`,
  "a huge number": "9".repeat(LIMITS.textChars),
  "a huge hexadecimal number": `0x${"f".repeat(LIMITS.textChars - 2)}`,
  "a huge exponent": `1e${"9".repeat(LIMITS.textChars - 2)}`,
  escapes: `"${"\\u0041".repeat(LIMITS.textChars / 6 - 1)}"`,
  "an unclosed text": `"${'\\"'.repeat(LIMITS.textChars / 2 - 1)}`,
  comments: "//\n".repeat(LIMITS.textChars / 3),
  "comprehensions in comprehensions": "data.map(a,".repeat(LIMITS.textChars / 11),
  "calls in calls": "size(".repeat(LIMITS.textChars / 5),
  braces: "{{".repeat(LIMITS.textChars / 2),
  expressions: '"{{1}}'.concat("{{1}}".repeat(LIMITS.textChars / 5 - 2), '"'),
  "wrong expressions": '"{{a}}'.concat("{{a}}".repeat(LIMITS.textChars / 5 - 2), '"'),
  strings: `[${'"{{1}}",'.repeat(LIMITS.textChars / 8 - 1)}1]`,
  quotes: '"'.repeat(LIMITS.textChars),
  "escaped quotes": '\\"'.repeat(LIMITS.textChars / 2),
  "null characters": "\0".repeat(LIMITS.textChars),
  "lone surrogates": `"${"\ud800".repeat(LIMITS.textChars - 2)}"`,
  blanks: " ".repeat(LIMITS.textChars),
  empty: "",
};

/** A template that has the expression wherever one may stand. */
export function templateWith(expression: string): RequestTemplate {
  const inJson = JSON.stringify(`{{ ${expression} }}`);
  return {
    method: "POST",
    path: `/x/{{ ${expression} }}?q={{ ${expression} }}`,
    headers: { "X-A": `{{ ${expression} }}` },
    body: `{"a":${inJson},"b":${JSON.stringify(`{{ ${expression} }} and {{ ${expression} }}`)},"c":[${inJson}]}`,
    fields: null,
  };
}

export function bodyWith(expression: string): RequestTemplate {
  return { method: "POST", path: null, headers: {}, body: JSON.stringify(`{{ ${expression} }}`), fields: null };
}

function anItem(index: number): Readonly<Record<string, unknown>> {
  return {
    menu_item_id: `b5b7c2d4-2f4e-4a6c-9f3d-${String(index).padStart(12, "0")}`,
    name: `Pizza ${index}`,
    quantity: 2,
    price: 89.9 + index / 100,
    notes: "Extra peynir, az pişmiş",
  };
}

function repeated<Value>(length: number, make: (index: number) => Value): readonly Value[] {
  return Array.from({ length: Math.floor(length) }, (_, index) => make(index));
}

function sums(term: string, count: number): string {
  return Array.from({ length: Math.floor(count) }, () => term).join("+");
}

function nested(open: string, inside: string, close: string): string {
  const depth = Math.floor((LIMITS.textChars - inside.length) / (open.length + close.length));
  return open.repeat(depth) + inside + close.repeat(depth);
}
