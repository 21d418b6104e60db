import { ComplexityErrorKind, type ComplexityResult, complexityFromQuery } from "@pothos/plugin-complexity";
import { type DocumentNode, type GraphQLError, getOperationAST, Kind } from "graphql";
import type { Plugin } from "graphql-yoga";
import { limitError } from "./limit-error.ts";

/** Of one operation, fragments and variables included: the sum of its fields' costs, its levels of fields, and their number. */
export const OPERATION_LIMITS: ComplexityResult = { complexity: 20_000, depth: 12, breadth: 500 };

export function operationLimitError(
  kind: ComplexityErrorKind,
  { complexity, depth, breadth }: ComplexityResult,
): GraphQLError {
  const max = OPERATION_LIMITS;
  switch (kind) {
    case ComplexityErrorKind.Depth:
      return limitError("depth", max.depth, `The operation is ${depth} fields deep; ${max.depth} are allowed.`);
    case ComplexityErrorKind.Breadth:
      return limitError("breadth", max.breadth, `The operation selects ${breadth} fields; ${max.breadth} are allowed.`);
    case ComplexityErrorKind.Complexity: {
      const message = `The operation costs ${complexity}; ${max.complexity} are allowed. Ask for fewer fields or smaller pages.`;
      return limitError("cost", max.complexity, message);
    }
  }
}

/** The complexity plugin checks where root fields are resolved: for a subscription that would be at every event, so here it is done before it starts. */
export const subscriptionLimits: Plugin = {
  onSubscribe({ args, setResultAndStopExecution }) {
    const error = exceededLimit(args.document, args);
    if (error !== null) setResultAndStopExecution({ errors: [error] });
  },
};

type SubscriptionArgs = Pick<
  Parameters<NonNullable<Plugin["onSubscribe"]>>[0]["args"],
  "schema" | "operationName" | "variableValues" | "contextValue"
>;

function exceededLimit(document: DocumentNode, args: SubscriptionArgs): GraphQLError | null {
  const operation = getOperationAST(document, args.operationName);
  if (!operation) return null;
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const result = costOf({ ...document, definitions: [operation, ...fragments] }, args);
  if (result === null) return null;
  const { Depth, Breadth, Complexity } = ComplexityErrorKind;
  if (result.depth > OPERATION_LIMITS.depth) return operationLimitError(Depth, result);
  if (result.breadth > OPERATION_LIMITS.breadth) return operationLimitError(Breadth, result);
  if (result.complexity > OPERATION_LIMITS.complexity) return operationLimitError(Complexity, result);
  return null;
}

/** Null when the variables are wrong: the execution says how. */
function costOf(
  document: DocumentNode,
  { schema, contextValue, variableValues }: SubscriptionArgs,
): ComplexityResult | null {
  try {
    return complexityFromQuery(document, { schema, ctx: contextValue, variables: variableValues ?? {} });
  } catch {
    return null;
  }
}
