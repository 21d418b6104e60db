import {
  compileFilter,
  compileRequestTemplate,
  compileSuccessCondition,
  LIMITS,
  type Payload,
  type RequestTemplate,
  TemplateError,
} from "../src/index.ts";
import { bodyWith, HOSTILE_EXPRESSIONS, HOSTILE_PAYLOADS, HOSTILE_SOURCES } from "../test/hostile.ts";
import { type CallCost, costOf } from "./measure.ts";

/**
 * What the worst texts cost that people may write, for one event of about 1 MiB.
 * `node --min-semi-space-size=128 --max-semi-space-size=128 templates/bench/hostile.ts [rows]`: with that much room
 * nothing is swept meanwhile, so that what was made can be counted.
 */
const ROWS = Number(process.argv[2] ?? 12);

interface Cost extends CallCost {
  readonly name: string;
  readonly outcome: string;
}

const evaluations: Cost[] = [];
for (const [payloadName, makePayload] of Object.entries(HOSTILE_PAYLOADS)) {
  const payload: Payload = JSON.parse(JSON.stringify(makePayload()));
  const evaluate = (name: string, call: () => unknown) => evaluations.push(measured(`${name} · ${payloadName}`, call));
  for (const expression of HOSTILE_EXPRESSIONS) {
    const filter = compiled(() => compileFilter(`(${expression}) == 0`));
    if (filter !== null) evaluate(`filter ${expression}`, () => filter.explain(payload));
    const body = compiled(() => compileRequestTemplate(bodyWith(expression)));
    if (body !== null) evaluate(`body ${expression}`, () => body.render(payload));
    const many = compiled(() => compileRequestTemplate(eightKibibytesOf(expression)));
    if (many !== null) evaluate(`8 KiB of ${expression}`, () => many.render(payload));
  }
  for (const fields of [["data"], ["data.items.name", "data.items.k1", "data.customer_notes"]]) {
    const selection = compileRequestTemplate({ ...bodyWith(""), body: null, fields });
    evaluate(`fields ${fields}`, () => selection.render(payload));
  }
}

const compilations = Object.entries(HOSTILE_SOURCES).flatMap(([name, source]) => {
  const template = bodyWith("");
  const inJson = JSON.stringify(`{{${source}}}`).slice(0, LIMITS.textChars);
  return [
    measured(`filter: ${name}`, () => compileFilter(source)),
    measured(`success condition: ${name}`, () => compileSuccessCondition(source)),
    measured(`body: ${name}`, () => compileRequestTemplate({ ...template, body: source })),
    measured(`expression in a body: ${name}`, () => compileRequestTemplate({ ...template, body: inJson })),
    measured(`path: ${name}`, () => compileRequestTemplate({ ...template, body: null, path: `/${source}` })),
  ];
});

print("slowest evaluations", evaluations, ({ milliseconds }) => milliseconds);
print("evaluations that make most", evaluations, ({ mebibytes }) => mebibytes);
print("slowest compilations", compilations, ({ milliseconds }) => milliseconds);

function eightKibibytesOf(expression: string): RequestTemplate {
  const text = JSON.stringify(`{{ ${expression} }}`);
  const count = Math.max(1, Math.floor((LIMITS.textChars - 2) / (text.length + 1)));
  return { ...bodyWith(""), body: `[${Array.from({ length: count }, () => text).join(",")}]` };
}

function measured(name: string, call: () => unknown): Cost {
  let outcome = "";
  const cost = costOf(() => {
    outcome = outcomeOf(call);
  });
  return { ...cost, name, outcome: outcome.slice(0, 60) };
}

function outcomeOf(call: () => unknown): string {
  try {
    call();
    return "done";
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
}

function compiled<Result>(compile: () => Result): Result | null {
  try {
    return compile();
  } catch (error) {
    if (error instanceof TemplateError) return null;
    throw error;
  }
}

function print(title: string, costs: readonly Cost[], by: (cost: Cost) => number): void {
  console.log(`\n${title} (of ${costs.length}): ms · MiB · what → outcome`);
  for (const { milliseconds, mebibytes, name, outcome } of costs.toSorted((a, b) => by(b) - by(a)).slice(0, ROWS)) {
    const numbers = [milliseconds, mebibytes].map((number) => number.toFixed(1).padStart(6)).join(" ");
    console.log(`${numbers}  ${name.slice(0, 110)} → ${outcome}`);
  }
}
