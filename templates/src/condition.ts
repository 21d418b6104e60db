import { atBalancedSpan, compileExpression } from "./compile-expression.ts";
import { type CompiledNode, newRun, type Run } from "./compiled-node.ts";
import { ExpressionError } from "./expression-error.ts";
import { SourceText } from "./source-text.ts";
import { TemplateError, type TemplatePlace } from "./template-error.ts";
import { type JsonMap, typeName } from "./values.ts";

/** An expression that says true or false. */
export class Condition {
  readonly #source: SourceText;
  readonly #node: CompiledNode;

  /** Throws a `TemplateError`. */
  constructor(text: string, place: TemplatePlace, variables: readonly string[]) {
    this.#source = new SourceText(text, place);
    this.#node = this.#positioned(() => compileExpression(text, variables));
    if (this.#node.type !== "bool" && this.#node.type !== "any") {
      throw this.#source.error("TYPE", `This is ${typeName(this.#node.type)}; a condition says true or false.`);
    }
  }

  /** What `use` makes of it with a fresh budget; throws a `TemplateError` where it cannot be evaluated. */
  evaluate<Result>(variables: JsonMap, use: (node: CompiledNode, run: Run) => Result): Result {
    const run = newRun(variables);
    return this.#positioned(() =>
      atBalancedSpan(this.#source.text, () => {
        run.meter.work(this.#node.size, this.#node.span);
        return use(this.#node, run);
      }),
    );
  }

  /** The error for something that lies in what the condition is about. */
  error(...problem: Parameters<SourceText["error"]>): TemplateError {
    return this.#source.error(...problem);
  }

  #positioned<Result>(what: () => Result): Result {
    try {
      return what();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      throw new TemplateError([this.#source.problemOf(error)]);
    }
  }
}
