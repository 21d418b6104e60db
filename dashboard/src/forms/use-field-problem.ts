import { type FieldErrors, type FieldValues, get } from "react-hook-form";
import { useIntl } from "react-intl";
import type { MessageId } from "../i18n/en.ts";

/** Why a field's value is refused: by our schema, whose messages are ids, or by the server. Null if it is not. */
export function useFieldProblem<Values extends FieldValues>(errors: FieldErrors<Values>, name: string): string | null {
  const intl = useIntl();
  const { message } = (get(errors, name) ?? {}) as { readonly message?: string };
  if (message === undefined) return null;
  return message in intl.messages ? intl.formatMessage({ id: message as MessageId }) : message;
}
