/** Arrays as query parameters. pg's own conversion escapes every element, which on the hot path costs more than the query. */

/** An array literal of values that need no escaping: UUIDs, numbers, booleans, timestamps, enum labels. Null stands for NULL. */
export function plainArray(values: readonly (string | number | boolean | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}

/** Separates JSON texts, in which control characters never stand for themselves. */
const SEPARATOR = "\x1f";
const NULL_MARK = "\x1e";

/** JSON texts as one parameter, to be read with `jsonTexts`. Null stands for NULL. */
export function joinedJson(texts: readonly (string | null)[]): string {
  return texts.map((text) => text ?? NULL_MARK).join(SEPARATOR);
}

/** SQL that turns such a parameter back into an array of text. */
export function jsonTexts(parameter: `$${number}`): string {
  return `string_to_array(${parameter}::text, E'\\x1f', E'\\x1e')`;
}
