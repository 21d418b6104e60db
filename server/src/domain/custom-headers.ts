import { HEADER_NAME, HEADER_VALUE, isReservedHeader } from "@vera-qr/templates";
import type { ReasonedLimits } from "./error-reasons.ts";
import type { ReasonedProblem } from "./errors.ts";

export const CUSTOM_HEADERS_MAX = 20;
export const HEADER_NAME_LENGTH_MAX = 100;
export const HEADER_VALUE_LENGTH_MAX = 2_000;

/** Everything that is wrong with a webhook's additional headers; empty when they can be sent. `field` is the path of the header. */
export function findCustomHeaderProblems(
  headers: Readonly<Record<string, string>>,
  fieldPath = "customHeaders",
): readonly ReasonedProblem[] {
  const entries = Object.entries(headers);
  const problems: ReasonedProblem[] = [];
  if (entries.length > CUSTOM_HEADERS_MAX) {
    problems.push({
      field: fieldPath,
      message: `At most ${CUSTOM_HEADERS_MAX} custom headers are allowed.`,
      reason: "TOO_MANY",
      max: CUSTOM_HEADERS_MAX,
    });
  }
  const seen = new Set<string>();
  for (const [name, value] of entries) {
    const lowerName = name.toLowerCase();
    const problem: WhatIsWrong | null = seen.has(lowerName)
      ? { message: "This header is given twice; names differ only in case.", reason: "DUPLICATE" }
      : (headerNameProblem(lowerName) ?? headerValueProblem(value));
    if (problem !== null) problems.push({ field: `${fieldPath}.${printable(name)}`, ...problem });
    seen.add(lowerName);
  }
  return problems;
}

type WhatIsWrong = ReasonedLimits & { readonly message: string };

/** Why a header cannot have this name; null if it can. */
export function headerNameProblem(lowerName: string): WhatIsWrong | null {
  if (!HEADER_NAME.test(lowerName)) {
    const message = "A header name may contain only letters, digits and !#$%&'*+-.^_`|~.";
    return { message, reason: "INVALID_CHARACTERS" };
  }
  if (lowerName.length > HEADER_NAME_LENGTH_MAX) {
    const message = `A header name may have at most ${HEADER_NAME_LENGTH_MAX} characters.`;
    return { message, reason: "TOO_LONG", max: HEADER_NAME_LENGTH_MAX };
  }
  if (isReservedHeader(lowerName)) {
    return { message: "This header is set by the service and cannot be replaced.", reason: "RESERVED" };
  }
  return null;
}

/** Why a header cannot have this value; null if it can. */
export function headerValueProblem(value: unknown): WhatIsWrong | null {
  if (typeof value !== "string") return { message: "A header value must be text.", reason: "WRONG_TYPE" };
  if (value.length > HEADER_VALUE_LENGTH_MAX) {
    const message = `A header value may have at most ${HEADER_VALUE_LENGTH_MAX} characters.`;
    return { message, reason: "TOO_LONG", max: HEADER_VALUE_LENGTH_MAX };
  }
  if (!HEADER_VALUE.test(value)) {
    const message = "A header value may contain only Latin-1 characters and no line breaks.";
    return { message, reason: "INVALID_CHARACTERS" };
  }
  if (value !== value.trim()) {
    return { message: "A header value must not begin or end with a space.", reason: "INVALID_CHARACTERS" };
  }
  return null;
}

/** A name that is not a token may contain anything; the path stays readable in logs and terminals. */
function printable(name: string): string {
  return name.replace(/[^\x21-\x7e]/g, "?").slice(0, HEADER_NAME_LENGTH_MAX);
}
