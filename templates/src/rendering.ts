import type { Run } from "./compiled-node.ts";
import { LIMITS } from "./limits.ts";
import { TemplateError, type TemplateProblem } from "./template-error.ts";

/** The rendering of one request: the event's budget, and everything that failed. */
export class Rendering {
  readonly run: Run;
  readonly #problems: TemplateProblem[] = [];

  constructor(run: Run) {
    this.run = run;
  }

  /** What failed does not keep the rest from being tried; a spent budget does, and is thrown. */
  fail(problem: TemplateProblem): void {
    this.#problems.push(problem);
    if (problem.code === "LIMIT" || this.#problems.length >= LIMITS.problems) this.throwIfFailed();
  }

  get hasFailed(): boolean {
    return this.#problems.length > 0;
  }

  /** Throws a `TemplateError` with everything that failed. */
  throwIfFailed(): void {
    if (this.#problems.length > 0) throw new TemplateError(this.#problems);
  }
}
