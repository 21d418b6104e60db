/** Values that no field should stumble over, by what is wrong with them. `missing` leaves the field out. */
export const BAD_VALUES = {
  missing: undefined,
  null: null,
  true: true,
  zero: 0,
  negative: -1,
  fraction: 1.5,
  hugeNumber: 1e308,
  unsafeInteger: 2 ** 53,
  emptyText: "",
  whitespace: " \t ",
  number: 5,
  numberText: "5",
  nanText: "NaN",
  word: "nonsense",
  emoji: "👩‍🍳🍕",
  rightToLeft: "\u202e\u0639",
  lineBreak: "a\nb",
  control: "a\u0001b",
  escape: "a\u001b[31mb",
  nul: "a\u0000b",
  loneSurrogate: "a\ud800b",
  hugeText: "x".repeat(100_000),
  emptyList: [],
  listOfNull: [null],
  listOfText: ["nonsense"],
  longList: Array.from({ length: 20_000 }, () => "x"),
  deepList: nested(5000, (inner) => [inner]),
  emptyObject: {},
  object: { a: 1 },
  deepObject: nested(5000, (inner) => ({ a: inner })),
  prototypeObject: JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
} as const satisfies Record<string, unknown>;

export type BadValue = keyof typeof BAD_VALUES;
export const BAD_VALUE_NAMES = Object.keys(BAD_VALUES) as BadValue[];

function nested(levels: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = null;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}

/** A copy of the input with one value replaced. `path` is dotted; list positions are numbers. */
export function withValue(input: object, path: string, name: BadValue): object {
  const copy = structuredClone(input) as Record<string, unknown>;
  const parts = path.split(".");
  const last = parts.pop() as string;
  const owner = parts.reduce<Record<string, unknown>>((value, part) => value[part] as Record<string, unknown>, copy);
  if (name === "missing") delete owner[last];
  else owner[last] = BAD_VALUES[name];
  return copy;
}
