import { InvalidInputError } from "../domain/errors.ts";
import { isUuid } from "../domain/uuid-v7.ts";

/** An id as the database writes it. @throws InvalidInputError naming the field when it is not a UUID. */
export function uuidArgument(value: string, field: string): string {
  if (!isUuid(value)) throw new InvalidInputError([{ field, message: "must be a UUID", reason: "INVALID_FORMAT" }]);
  return value.toLowerCase();
}
