import { compileExpression, evaluateExpression } from "./compile-expression.ts";
import type { CompiledNode, Run } from "./compiled-node.ts";
import { ExpressionError } from "./expression-error.ts";
import { LIMITS } from "./limits.ts";
import { Meter } from "./meter.ts";
import { SourceText } from "./source-text.ts";
import { TemplateError, type TemplatePlace } from "./template-error.ts";
import { type JsonMap, typeName, typeOf } from "./values.ts";

/** An expression that has to say true or false. */
export class Condition {
  readonly #source: SourceText;
  readonly node: CompiledNode;

  /** Throws a `TemplateError`. */
  constructor(text: string, place: TemplatePlace, variables: readonly string[]) {
    this.#source = new SourceText(text, place);
    if (text.length > LIMITS.textChars) {
      throw this.#source.error("LIMIT", `At most ${LIMITS.textChars} characters are allowed.`);
    }
    this.node = this.#positioned(() => compileExpression(text, variables));
    if (this.node.type !== "bool" && this.node.type !== "any") {
      throw this.#source.error("TYPE", `This is ${typeName(this.node.type)}; a condition says true or false.`);
    }
  }

  /** Throws a `TemplateError` where the condition cannot be evaluated. */
  isTrue(variables: JsonMap): boolean {
    return this.isTrueFor(this.node, variables);
  }

  /** The same for a part of it. */
  isTrueFor(node: CompiledNode, variables: JsonMap): boolean {
    const run: Run = { variables, meter: new Meter(), elements: [] };
    const value = this.#positioned(() => evaluateExpression(node, run));
    if (typeof value === "boolean") return value;
    const message = `This is ${typeName(typeOf(value))}; a condition says true or false.`;
    throw this.#source.error(value === null ? "EVALUATION" : "TYPE", message, node.span);
  }

  #positioned<Result>(what: () => Result): Result {
    try {
      return what();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      throw new TemplateError([this.#source.problemOf(error, (offset) => offset)]);
    }
  }
}
