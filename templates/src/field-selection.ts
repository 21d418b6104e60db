import type { BodyPlan } from "./body-template.ts";
import type { Run } from "./compiled-node.ts";
import { ExpressionError } from "./expression-error.ts";
import { LIMITS } from "./limits.ts";
import { SourceText } from "./source-text.ts";
import type { TemplateProblem } from "./template-error.ts";
import { checkDepth, type JsonMap, keysOf, toJson } from "./values.ts";

/** What is sent of an object: of each key all, or a selection in turn. */
type Selection = Map<string, Selection | "all">;

const NOWHERE = { from: 0, to: 0 };

/** Compiles the paths of the fields to send, such as `data.items.name`; pushes what is wrong. */
export function compileFields(fields: readonly string[], problems: TemplateProblem[]): BodyPlan {
  const selection: Selection = new Map();
  const all = new SourceText("", "fields");
  if (fields.length === 0) problems.push(all.problem("SYNTAX", "At least one field is needed."));
  if (fields.length > LIMITS.fields)
    problems.push(all.problem("LIMIT", `At most ${LIMITS.fields} fields are allowed.`));
  for (const [index, path] of fields.slice(0, LIMITS.fields).entries()) {
    const source = new SourceText(path, "fields", String(index));
    const names = path.split(".");
    if (path.length > LIMITS.fieldPathChars) {
      problems.push(source.problem("LIMIT", `A field's path may have at most ${LIMITS.fieldPathChars} characters.`));
    } else if (names.some((name) => name === "" || name !== name.trim())) {
      problems.push(source.problem("SYNTAX", "A field is names with dots between them, for example data.items.name."));
    } else select(selection, names);
  }
  return {
    credentials: 0,
    render: (rendering) => {
      const { run } = rendering;
      try {
        return toJson(chosen(run.variables, selection, run), run.meter, NOWHERE);
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        rendering.fail(all.problemOf(error));
        return "";
      }
    },
  };
}

function select(selection: Selection, [name = "", ...rest]: readonly string[]): void {
  const known = selection.get(name);
  if (known === "all") return;
  const inner: Selection | "all" = rest.length === 0 ? "all" : (known ?? new Map());
  selection.set(name, inner);
  if (inner !== "all") select(inner, rest);
}

/** In the payload's order; of a list, of every element; what is missing stays out. */
function chosen(value: unknown, selection: Selection, run: Run, depth = 0): unknown {
  if (typeof value !== "object" || value === null) return null;
  checkDepth(depth, NOWHERE);
  if (Array.isArray(value)) {
    run.meter.list(value.length, NOWHERE);
    return value.map((element) => chosen(element, selection, run, depth + 1));
  }
  const present = keysOf(value, run.meter, NOWHERE).filter((key) => selection.has(key));
  run.meter.list(present.length * 3 + 2, NOWHERE);
  return Object.fromEntries(
    present.map((key) => {
      const inner = selection.get(key) ?? "all";
      const field = (value as JsonMap)[key];
      return [key, inner === "all" ? field : chosen(field, inner, run, depth + 1)];
    }),
  );
}
