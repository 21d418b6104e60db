import { InvalidInputError } from "../domain/errors.ts";

/** Rethrows a refusal with its fields in the façade's snake_case names. */
export function rethrowInRestNames(error: unknown): never {
  if (error instanceof InvalidInputError) {
    throw new InvalidInputError(
      error.problems.map(({ field, message }) => ({ field: field === null ? null : snakeCase(field), message })),
    );
  }
  throw error;
}

/** Only the first part of a path is ours; what follows may be the caller's own names (headers, metadata). */
function snakeCase(path: string): string {
  const [first = "", ...rest] = path.split(".");
  return [first.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), ...rest].join(".");
}
