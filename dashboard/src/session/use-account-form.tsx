import { type ReactNode, useState } from "react";
import type { FieldValues } from "react-hook-form";
import { type ServerForm, type ServerFormOptions, useServerForm } from "../forms/use-server-form.ts";
import type { Answer, Refusal } from "./account-api.ts";
import { RefusalMessage } from "./refusal-message.tsx";

interface AccountForm<Values extends FieldValues> extends Omit<ServerForm<Values>, "problem"> {
  /** Why the server refused; null when it did not. */
  readonly problem: ReactNode | null;
  /** Shows a refusal of something else that the page asked for. */
  readonly refuse: (refusal: Refusal) => void;
}

/** A `useServerForm` whose values go to `/api/auth`. What is refused there is said above the fields, in the reader's language. */
export function useAccountForm<Values extends FieldValues>({
  send,
  ...options
}: Omit<ServerFormOptions<Values>, "send"> & {
  send: (values: Values) => Promise<Answer<unknown>>;
}): AccountForm<Values> {
  const [refused, setRefused] = useState<{ readonly refusal: Refusal; readonly at: number } | null>(null);
  const refuse = (refusal: Refusal) => setRefused({ refusal, at: Date.now() });
  const { form, submit, isBusy } = useServerForm({
    ...options,
    send: async (values) => {
      const answer = await send(values);
      if (answer.ok) setRefused(null);
      else refuse(answer);
      return answer.ok ? { errors: [], error: undefined } : null;
    },
  });
  return {
    form,
    submit,
    isBusy,
    refuse,
    problem: refused && <RefusalMessage refusal={refused.refusal} at={refused.at} />,
  };
}
