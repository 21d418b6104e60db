import { TemplateError, type TemplateProblem } from "@vera-qr/templates";
import type { Logger } from "../logger.ts";

const PLACES: Readonly<Record<TemplateProblem["place"], string>> = {
  filter: "Filter",
  successCondition: "Success condition",
  path: "Request template, path",
  headers: "Request template, header",
  body: "Request template, body",
  fields: "Request template, fields",
};
const PROBLEMS_MAX = 3;

/** Why what a person wrote could not be evaluated, for people: what is wrong, and where. What is our own fault is logged, and nothing of it is told. */
export function describeExpressionFailure(error: unknown, logger: Logger): string {
  if (error instanceof TemplateError) return error.problems.slice(0, PROBLEMS_MAX).map(describeProblem).join(" ");
  logger.error({ err: error }, "expression.failed_internally");
  return "What the webhook says of its requests could not be evaluated.";
}

function describeProblem({ place, key, line, column, message }: TemplateProblem): string {
  const name = key === null ? "" : ` ${key}`;
  return `${PLACES[place]}${name}, line ${line}, column ${column}: ${message}`;
}
