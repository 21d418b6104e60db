import { expressionTokens } from "./expression-tokens.ts";
import type { ExpressionVocabulary, VocabularyField, VocabularyFunction } from "./expression-vocabulary.ts";

export interface ExpressionCompletion {
  readonly label: string;
  readonly kind: "field" | "function" | "variable";
  /** The type of a field, the call of a function. */
  readonly detail: string;
  readonly description: string;
}

export interface ExpressionCompletions {
  /** Where the word begins that is completed. */
  readonly from: number;
  readonly options: readonly ExpressionCompletion[];
}

/** What goes through a list, and the name that it gives to each of its values. */
const comprehension = /([A-Za-z_][\w.[\]]*)\.(?:all|exists|exists_one|filter|map)\s*\(\s*([A-Za-z_]\w*)\s*,/g;

/** A path whose last word is being written. */
const unfinishedPath = /((?:[A-Za-z_]\w*(?:\[\d*\])*\.)*)([A-Za-z_]\w*)?$/;

/** What may follow in an expression of which this is the beginning. Null within a string. */
export function expressionCompletions(
  before: string,
  { fields, functions }: ExpressionVocabulary,
): ExpressionCompletions | null {
  const last = expressionTokens(before).at(-1);
  if (last?.to === before.length && last.kind !== "name" && last.kind !== "keyword" && last.kind !== "operator") {
    return null;
  }
  const [, owner = "", word = ""] = unfinishedPath.exec(before) ?? [];
  const from = before.length - word.length;
  const variables = variablesAt(before);
  if (owner !== "") {
    const children = childrenOf(resolve(owner.slice(0, -1), variables), fields);
    return { from, options: children.length > 0 ? children : functions.map(asFunction) };
  }
  if (before[from - 1] === ".") return { from, options: functions.map(asFunction) };
  return {
    from,
    options: [
      ...[...variables].map(([label, path]) => ({ label, kind: "variable" as const, detail: path, description: "" })),
      ...childrenOf("", fields),
      ...functions.filter((one) => !isOnlyOfValue(one)).map(asFunction),
    ],
  };
}

/** Names of comprehensions that have not ended, with the path of what they stand for. */
function variablesAt(before: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const { 0: found, 1: list = "", 2: name = "", index } of before.matchAll(comprehension)) {
    if (isOpen(before.slice(index + found.length))) variables.set(name, `${resolve(list, variables)}[]`);
  }
  return variables;
}

/** Whether the bracket before this text is not closed in it. */
function isOpen(text: string): boolean {
  let depth = 0;
  for (const sign of withoutStrings(text)) {
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (depth < 0) return false;
  }
  return true;
}

function withoutStrings(text: string): string {
  const strings = expressionTokens(text).filter(({ kind }) => kind === "string");
  return strings.reduceRight((left, { from, to }) => left.slice(0, from) + left.slice(to), text);
}

/** The path in the payload of one that may begin with a name of a comprehension. */
function resolve(path: string, variables: ReadonlyMap<string, string>): string {
  const general = path.replaceAll(/\[\d*\]/g, "[]");
  const [name = "", ...rest] = general.split(".");
  return [variables.get(name) ?? name, ...rest].join(".");
}

function childrenOf(path: string, fields: readonly VocabularyField[]): ExpressionCompletion[] {
  const prefix = path === "" ? "" : `${path}.`;
  const children = new Map<string, ExpressionCompletion>();
  for (const field of fields) {
    if (!field.path.startsWith(prefix)) continue;
    const [label = "", ...deeper] = field.path.slice(prefix.length).split(".");
    if (children.has(label) || label.endsWith("[]")) continue;
    const isItself = deeper.length === 0;
    children.set(label, {
      label,
      kind: "field",
      detail: isItself ? field.type : "",
      description: isItself ? field.description : "",
    });
  }
  return [...children.values()];
}

function isOnlyOfValue({ name, signature }: VocabularyFunction): boolean {
  return signature.includes(`.${name}(`);
}

function asFunction({ name, signature, description }: VocabularyFunction): ExpressionCompletion {
  return { label: name, kind: "function", detail: signature, description };
}
