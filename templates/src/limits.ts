/** What one webhook's texts may be and do. Every number is a bound that is kept, not a hint. */
export const LIMITS = {
  /** Characters (UTF-16 code units) of one text: a filter, a body, a path, one header's value. */
  textChars: 8_192,
  headers: 20,
  headerNameChars: 100,
  /** Of a header's value after rendering. */
  headerValueChars: 2_000,
  /** Of a path after rendering. */
  pathChars: 4_000,
  /** Paths in `fields`, and characters of each. */
  fields: 200,
  fieldPathChars: 200,
  /** Nodes of one expression's syntax tree, and how deep they nest. */
  expressionNodes: 1_000,
  expressionDepth: 100,
  /** How deep `map`, `filter`, `all`, `exists` and `exists_one` stand in each other. */
  comprehensionDepth: 2,
  /** Problems that are told at once. */
  problems: 100,
  /** How deep lists and maps that are printed or compared may nest; the same for a body's JSON. */
  valueDepth: 100,
  /** Work for one event, over all expressions of a filter or of a request template. */
  steps: 250_000,
  /** Text and lists made for one event, over all expressions of a filter or of a request template. */
  bytes: 4 * 1_024 * 1_024,
  /** Characters of a rendered body. */
  bodyChars: 1_024 * 1_024,
  /** Characters of an answer's body that a success condition can judge. */
  answerChars: 256 * 1_024,
} as const;
