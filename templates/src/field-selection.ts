import type { Run } from "./compiled-node.ts";
import { ExpressionError } from "./expression-error.ts";
import { LIMITS } from "./limits.ts";
import { SourceText } from "./source-text.ts";
import { TemplateError, type TemplateProblem } from "./template-error.ts";
import { type JsonMap, toJson } from "./values.ts";

/** What is sent of an object: of each key all, or a selection in turn. */
type Selection = Map<string, Selection | "all">;

/** Compiles the paths of fields to send, such as `data.items.name`; pushes what is wrong. */
export function compileFields(fields: readonly string[], problems: TemplateProblem[]): (run: Run) => string {
  const selection: Selection = new Map();
  if (fields.length === 0)
    problems.push(new SourceText("", "fields").problem("SYNTAX", "At least one field is needed."));
  if (fields.length > LIMITS.fields) {
    problems.push(new SourceText("", "fields").problem("LIMIT", `At most ${LIMITS.fields} fields are allowed.`));
    return () => "{}";
  }
  for (const [index, path] of fields.entries()) {
    const source = new SourceText(path, "fields", String(index));
    const names = path.split(".");
    if (path.length > LIMITS.fieldPathChars) {
      problems.push(source.problem("LIMIT", `A field's path may have at most ${LIMITS.fieldPathChars} characters.`));
    } else if (names.some((name) => name === "" || name !== name.trim())) {
      problems.push(
        source.problem("SYNTAX", "A field is written as names with dots between, for example data.items.name."),
      );
    } else select(selection, names);
  }
  return (run) => {
    try {
      return toJson(chosen(run.variables, selection, run), run.meter, WHOLE);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      throw new TemplateError([new SourceText("", "fields").problem(error.code, error.message)]);
    }
  };
}

const WHOLE = { from: 0, to: 0 };

function select(selection: Selection, [name = "", ...rest]: readonly string[]): void {
  const known = selection.get(name);
  if (known === "all") return;
  if (rest.length === 0) {
    selection.set(name, "all");
    return;
  }
  const inner: Selection = known ?? new Map();
  selection.set(name, inner);
  select(inner, rest);
}

/** In the payload's order; a list is walked through; what is missing stays out. */
function chosen(value: unknown, selection: Selection, run: Run): unknown {
  if (Array.isArray(value)) {
    run.meter.list(value.length, WHOLE);
    return value.map((element) => chosen(element, selection, run));
  }
  if (typeof value !== "object" || value === null) return null;
  const keys = Object.keys(value);
  run.meter.list(keys.length * 4, WHOLE);
  return Object.fromEntries(
    keys
      .filter((key) => selection.has(key))
      .map((key) => {
        const inner = selection.get(key) as Selection | "all";
        const field = (value as JsonMap)[key];
        return [key, inner === "all" ? field : chosen(field, inner, run)];
      }),
  );
}
