import { zodResolver } from "@hookform/resolvers/zod";
import { type DefaultValues, type FieldValues, type Path, type UseFormReturn, useForm } from "react-hook-form";
import type { z } from "zod/mini";

/** One of a payload's `errors`. */
export interface UserError {
  readonly code: string;
  /** Path in the mutation's input; null when no field is at fault. */
  readonly field?: string | null;
  readonly message: string;
}

/** What a mutation answered: `errors` of its payload, and what kept it from being asked. */
export interface FormAnswer {
  readonly errors: readonly UserError[] | undefined;
  readonly error: { readonly message: string } | undefined;
}

export interface ServerFormOptions<Values extends FieldValues> {
  /** Its messages are ids of ours, such as `form.required`. */
  readonly schema: z.ZodMiniType<Values, Values>;
  readonly defaultValues: Values;
  readonly send: (values: Values) => Promise<FormAnswer>;
  /** Called once the server has accepted. */
  readonly onDone: () => void;
}

export interface ServerForm<Values extends FieldValues> {
  readonly form: UseFormReturn<Values>;
  readonly submit: (event: React.SyntheticEvent) => Promise<void>;
  /** Refusals that no field of the form is at fault for; null when there are none. */
  readonly problem: string | null;
  readonly isBusy: boolean;
}

/**
 * A form that is checked by `schema` while it is filled in, and by the server when it is sent. The server's refusals
 * appear at the fields that they name, so fields are called as in the mutation's input.
 */
export function useServerForm<Values extends FieldValues>({
  schema,
  defaultValues,
  send,
  onDone,
}: ServerFormOptions<Values>): ServerForm<Values> {
  const form = useForm<Values>({
    resolver: zodResolver(schema),
    defaultValues: defaultValues as DefaultValues<Values>,
    mode: "onTouched",
  });
  const submit = form.handleSubmit(async (values) => {
    const { errors = [], error } = await send(values);
    const general: string[] = error === undefined ? [] : [error.message];
    for (const { code, field, message } of errors) {
      if (field != null && Object.hasOwn(defaultValues, field.split(".")[0] ?? "")) {
        form.setError(field as Path<Values>, { type: code, message }, { shouldFocus: true });
      } else general.push(message);
    }
    if (general.length > 0) form.setError("root", { message: general.join(" ") });
    else if (errors.length === 0) onDone();
  });
  return {
    form,
    submit,
    problem: form.formState.errors.root?.message ?? null,
    isBusy: form.formState.isSubmitting,
  };
}
