import { zodResolver } from "@hookform/resolvers/zod";
import { type DefaultValues, type FieldValues, type Path, type UseFormReturn, useForm } from "react-hook-form";
import { useIntl } from "react-intl";
import type { CombinedError } from "urql";
import type { z } from "zod/mini";
import { type Refusal, refusalsOf } from "../refusals/refusal.ts";
import { loadDescription } from "../refusals/refusal-text.ts";

/** What a mutation answered: `errors` of its payload, and what kept it from being asked. */
export interface FormAnswer {
  readonly errors: readonly Refusal[] | undefined;
  readonly error: CombinedError | undefined;
}

export interface ServerFormOptions<Values extends FieldValues> {
  /** Its messages are ids of ours, such as `form.required`. */
  readonly schema: z.ZodMiniType<Values, Values>;
  readonly defaultValues: Values;
  /** Null: it was refused, and the reason is said elsewhere. */
  readonly send: (values: Values) => Promise<FormAnswer | null>;
  /** Called once the server has accepted. */
  readonly onDone: () => void;
  /** Whether problems show while a value is typed, once typing pauses, and not only when its field is left; false if absent. */
  readonly isCheckedAsTyped?: boolean;
}

export interface ServerForm<Values extends FieldValues> {
  readonly form: UseFormReturn<Values>;
  readonly submit: (event: React.SyntheticEvent) => Promise<void>;
  /** Refusals that no field of the form is at fault for; null when there are none. */
  readonly problem: string | null;
  readonly isBusy: boolean;
}

const typingPauseMs = 600;

/**
 * A form that is checked by `schema` while it is filled in, and by the server when it is sent. The server's refusals
 * appear at the fields that they name, so fields are called as in the mutation's input.
 */
export function useServerForm<Values extends FieldValues>({
  schema,
  defaultValues,
  send,
  onDone,
  isCheckedAsTyped = false,
}: ServerFormOptions<Values>): ServerForm<Values> {
  const intl = useIntl();
  const form = useForm<Values>({
    resolver: zodResolver(schema),
    defaultValues: defaultValues as DefaultValues<Values>,
    ...(isCheckedAsTyped ? { mode: "all", delayError: typingPauseMs } : { mode: "onTouched" }),
  });
  const submit = form.handleSubmit(async (values) => {
    const answer = await send(values);
    if (answer === null) return;
    const refusals = refusalsOf(answer.errors, answer.error);
    if (refusals.length === 0) return onDone();
    const describe = await loadDescription(intl, refusals);
    const general: string[] = [];
    for (const refusal of refusals) {
      const { code, field } = refusal;
      if (field != null && Object.hasOwn(defaultValues, field.split(".")[0] ?? "")) {
        const message = describe(refusal, { atField: true });
        form.setError(field as Path<Values>, { type: code, message }, { shouldFocus: true });
      } else general.push(describe(refusal));
    }
    if (general.length > 0) form.setError("root", { message: general.join(" ") });
  });
  return {
    form,
    submit,
    problem: form.formState.errors.root?.message ?? null,
    isBusy: form.formState.isSubmitting,
  };
}
