/** One function as people read it: in completion, in the guide. */
export interface ExpressionFunctionDoc {
  readonly name: string;
  readonly signature: string;
  readonly description: string;
  readonly example: string;
}

/** Everything that can be called; each may also be written after its first argument: `size(x)` is `x.size()`. */
export const EXPRESSION_FUNCTIONS: readonly ExpressionFunctionDoc[] = [
  doc("has", "has(a.b): bool", "Whether the field is there, even if it is null.", "has(data.delivery_address)"),
  doc("default", "default(x, y): any", "x, or y where x is null or missing.", 'default(data.customer_name, "Guest")'),
  doc(
    "size",
    "size(x): number",
    "Characters of a text, elements of a list, fields of an object.",
    "data.items.size() > 2",
  ),
  doc("map", "list.map(x, f): list", "f of every element; a condition may stand between.", "data.items.map(i, i.name)"),
  doc("filter", "list.filter(x, c): list", "The elements for which c is true.", "data.items.filter(i, i.price > 100)"),
  doc(
    "exists",
    "list.exists(x, c): bool",
    "Whether c is true for one element.",
    'data.items.exists(i, i.name.contains("Pizza"))',
  ),
  doc("all", "list.all(x, c): bool", "Whether c is true for every element.", "data.items.all(i, i.quantity == 1)"),
  doc(
    "exists_one",
    "list.exists_one(x, c): bool",
    "Whether c is true for exactly one element.",
    "data.items.exists_one(i, i.price > 500)",
  ),
  doc("sum", "sum(list): number", "The sum of a list of numbers.", "sum(data.items.map(i, i.price * i.quantity))"),
  doc("join", "join(list, separator): string", "The elements as one text.", 'data.items.map(i, i.name).join(", ")'),
  doc("split", "split(text, separator): list", "The parts of a text.", 'data.customer_name.split(" ")[0]'),
  doc(
    "contains",
    "contains(text, part): bool",
    "Whether the text contains the part.",
    'data.customer_notes.contains("acele")',
  ),
  doc(
    "startsWith",
    "startsWith(text, part): bool",
    "Whether the text begins so.",
    'data.order_number.startsWith("ORD-")',
  ),
  doc("endsWith", "endsWith(text, part): bool", "Whether the text ends so.", 'data.order_number.endsWith("1234")'),
  doc(
    "upper",
    "upper(text, language): string",
    "In capitals; with the language, by its rules.",
    'upper(data.customer_name, "tr")',
  ),
  doc(
    "lower",
    "lower(text, language): string",
    "In small letters; with the language, by its rules.",
    'lower(data.customer_name, "tr")',
  ),
  doc("trim", "trim(text): string", "Without blanks at both ends.", "trim(data.customer_name)"),
  doc(
    "truncate",
    "truncate(text, length): string",
    "At most so many characters.",
    "truncate(data.customer_notes, 255)",
  ),
  doc(
    "substring",
    "substring(text, start, end): string",
    "From one character (from 0) to before another.",
    "data.order_number.substring(4, 12)",
  ),
  doc(
    "replace",
    "replace(text, from, to): string",
    "With every occurrence replaced.",
    'data.order_number.replace("-", "")',
  ),
  doc("string", "string(x): string", "A number, true or false as text.", "string(metadata.items_count)"),
  doc("int", "int(x): number", "A text or number as a whole number, cut off.", "int(metadata.table_number) > 10"),
  doc("double", "double(x): number", "A text as a number.", "double(data.discount_percent) / 100"),
  doc(
    "fixed",
    "fixed(number, digits): string",
    "With exactly so many decimals, halves rounded up.",
    "fixed(data.total_amount, 2)",
  ),
  doc(
    "formatDate",
    "formatDate(time, pattern, zone): string",
    "A time by a pattern of yyyy yy MM M dd d HH H mm ss SSS XXX, in a time zone (UTC).",
    'formatDate(data.created_at, "dd.MM.yyyy HH:mm", "Europe/Istanbul")',
  ),
  doc(
    "epochMillis",
    "epochMillis(time): number",
    "Milliseconds since 1970, as HubSpot wants dates.",
    "epochMillis(data.created_at)",
  ),
  doc("json", "json(x): string", "Any value as JSON text.", "json(data.items)"),
  doc(
    "escapeSlack",
    "escapeSlack(text): string",
    "For Slack messages: a name cannot mention or link.",
    "escapeSlack(data.customer_name)",
  ),
  doc("escapeHtml", "escapeHtml(text): string", "For HTML.", "escapeHtml(data.customer_notes)"),
  doc(
    "escapeMarkdown",
    "escapeMarkdown(text): string",
    "For Markdown, as in Discord and Teams.",
    "escapeMarkdown(data.customer_name)",
  ),
];

function doc(name: string, signature: string, description: string, example: string): ExpressionFunctionDoc {
  return { name, signature, description, example };
}
