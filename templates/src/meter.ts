import { ExpressionError, type Span } from "./expression-error.ts";
import { LIMITS } from "./limits.ts";

/** The budget of one event: what its expressions may work and make, charged before they do. */
export class Meter {
  #stepsLeft: number = LIMITS.steps;
  #bytesLeft: number = LIMITS.bytes;

  /** A step is at most about 30 ns: `bench/hostile.ts` shows it. */
  work(steps: number, at: Span): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft < 0) throw new ExpressionError("LIMIT", "This is too much work for one event.", at);
  }

  /** Text that is made: it has to be written, and it stays until the event is done. */
  text(chars: number, at: Span): void {
    this.work(chars >> 6, at);
    this.#allocate(chars * 2, at);
  }

  /** A list that is made; what is in it is charged where it is made. */
  list(length: number, at: Span): void {
    this.work(length, at);
    this.#allocate(length * 16, at);
  }

  #allocate(bytes: number, at: Span): void {
    this.#bytesLeft -= bytes;
    if (this.#bytesLeft < 0) throw new ExpressionError("LIMIT", "This makes too much text for one event.", at);
  }
}
