/** The texts that people write. */
export type TemplatePlace = "filter" | "successCondition" | "path" | "headers" | "body" | "fields";

/** What is wrong. */
export type TemplateProblemCode =
  /** It is not CEL, or the body is not JSON. */
  | "SYNTAX"
  /** There is no such variable, function or field. */
  | "UNKNOWN_NAME"
  /** A value has another type than is needed. */
  | "TYPE"
  /** Too long, too deep, too many, or too much work. */
  | "LIMIT"
  /** It may not stand here, for example a header's name that is reserved. */
  | "NOT_ALLOWED"
  /** It failed for this event, for example a division by zero. */
  | "EVALUATION";

/** One thing that is wrong in a text that a person wrote, and where. */
export interface TemplateProblem {
  readonly place: TemplatePlace;
  /** Which of several: the header's name, or the position (from 0) in `fields`; null where there is one text. */
  readonly key: string | null;
  readonly code: TemplateProblemCode;
  /** In English, a sentence for people. */
  readonly message: string;
  /** 1-based, in the text of that place. */
  readonly line: number;
  /** 1-based, in UTF-16 code units. */
  readonly column: number;
  /** Offsets in UTF-16 code units, in the text of that place. */
  readonly from: number;
  readonly to: number;
}

/** What a person wrote cannot be used, or could not be used for an event. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  /** At least one. */
  readonly problems: readonly TemplateProblem[];

  constructor(problems: readonly TemplateProblem[]) {
    super(problems.map(({ message }) => message).join(" "));
    this.problems = problems;
  }
}
