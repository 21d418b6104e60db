/**
 * The terms that an event is found by, as lexemes of a `tsvector`. Each begins with a mark of its organization, so that one organization's search never meets
 * another's entries, and with its kind: `w` a word from anywhere, `c` a word of the customer's name, and whole values of `n` order number, `t` table, `o` order id,
 * `k` idempotency key.
 */
type Kind = "w" | "c" | "n" | "t" | "o" | "k";

const WORDS_MAX = 500;
const WORD_LENGTH_MAX = 32;

/** What of an event is searched. */
export interface SearchedEvent {
  readonly organizationId: string;
  readonly orderId: string | null;
  readonly orderNumber: string | null;
  readonly tableNumber: string | null;
  readonly customerName: string | null;
  readonly idempotencyKey: string | null;
  /** JSON; what is cut off at its end is not found. */
  readonly payload: string;
}

/** What is looked for: all that is given must be there. */
export interface Sought {
  /** Beginnings of words, anywhere. */
  readonly words?: readonly string[] | undefined;
  /** Beginnings of words of the customer's name. */
  readonly customerWords?: readonly string[] | undefined;
  readonly orderNumber?: string | undefined;
  readonly orderNumberPrefix?: string | undefined;
  readonly tableNumber?: string | undefined;
  readonly orderId?: string | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** Lower case without accents, and with one letter for the four Turkish ones (`I ı İ i`): what is typed on any keyboard finds what is stored. */
export function foldText(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i").trim();
}

/** Letters and digits that stand together, and single symbols (emoji), folded; of long ones the beginning. */
export function wordsOf(text: string): readonly string[] {
  const words = foldText(text).match(/[\p{L}\p{N}]+|\p{So}/gu) ?? [];
  return words.map((word) => (word.length > WORD_LENGTH_MAX ? [...word].slice(0, WORD_LENGTH_MAX).join("") : word));
}

/** All terms of an event, without doubles. Of a very long order the first 500 words are found. */
export function termsOf(event: SearchedEvent): readonly string[] {
  const term = termMaker(event.organizationId);
  const { orderId, orderNumber, tableNumber, customerName, idempotencyKey } = event;
  const words = new Set<string>();
  for (const text of [orderNumber, tableNumber, customerName, ...payloadTexts(event.payload)]) {
    for (const word of text === null ? [] : wordsOf(text)) if (words.size < WORDS_MAX) words.add(word);
  }
  return [
    ...[...words].map((word) => term("w", word)),
    ...new Set(wordsOf(customerName ?? "").map((word) => term("c", word))),
    ...(orderNumber === null ? [] : [term("n", foldText(orderNumber))]),
    ...(tableNumber === null ? [] : [term("t", foldText(tableNumber))]),
    ...(orderId === null ? [] : [term("o", orderId.toLowerCase())]),
    ...(idempotencyKey === null ? [] : [term("k", idempotencyKey)]),
  ];
}

/** The same as queries (`tsquery`) of one term each, all of which must hold. */
export function termQueries(organizationId: string, sought: Sought): readonly string[] {
  const term = termMaker(organizationId);
  const exactly = (kind: Kind, value: string | undefined) =>
    value === undefined ? [] : [quoteLexeme(term(kind, value))];
  const beginning = (kind: Kind, values: readonly string[] | undefined) =>
    (values ?? []).map((value) => `${quoteLexeme(term(kind, value))}:*`);
  const folded = (value: string | undefined) => value && foldText(value);
  const { orderNumberPrefix } = sought;
  return [
    ...exactly("o", sought.orderId),
    ...exactly("n", folded(sought.orderNumber)),
    ...beginning("n", orderNumberPrefix === undefined ? [] : [foldText(orderNumberPrefix)]),
    ...exactly("t", folded(sought.tableNumber)),
    ...exactly("k", sought.idempotencyKey),
    ...beginning("c", sought.customerWords),
    ...beginning("w", sought.words),
  ];
}

/** All of these as one `tsquery`. */
export function allOf(queries: readonly string[]): string {
  return queries.join(" & ");
}

/** Six hex digits, of the id's random part: where two organizations share them, the row itself tells them apart. */
function termMaker(organizationId: string): (kind: Kind, value: string) => string {
  const mark = organizationId.slice(-6);
  // Terms travel separated by control characters, and PostgreSQL takes lexemes of up to 2 KB.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to replace
  return (kind, value) => mark + kind + value.replace(/[\u0000-\u001f]/g, " ").slice(0, 500);
}

function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** Ids and times are no text: they are looked up in full, in fields of their own. */
const NO_TEXT = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(Z|[+-]\d\d:\d\d))$/i;

function* payloadTexts(payload: string): Generator<string> {
  const parsed = parsedOrNull(payload);
  if (parsed === null) yield payload;
  else yield* texts([parsed["data"], parsed["metadata"]]);
}

function* texts(value: unknown): Generator<string> {
  if (typeof value === "string") {
    if (!NO_TEXT.test(value)) yield value;
  } else if (typeof value === "object" && value !== null) {
    for (const child of Object.values(value)) yield* texts(child);
  }
}

function parsedOrNull(payload: string): Record<string, unknown> | null {
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
}
