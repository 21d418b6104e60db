import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { useIntl } from "react-intl";
import { useFieldProblem } from "./use-field-problem.ts";

/** A password of a form made by `useServerForm`, which can be made visible. */
export function PasswordField<Values extends FieldValues>({
  form,
  name,
  ...input
}: { form: UseFormReturn<Values>; name: Path<Values> } & Omit<PasswordInputProps, "form" | "name" | "error">) {
  const intl = useIntl();
  const problem = useFieldProblem(form.formState.errors, name);
  return (
    <PasswordInput
      withAsterisk={false}
      visibilityToggleButtonProps={{ "aria-label": intl.formatMessage({ id: "account.showPassword" }) }}
      {...input}
      {...form.register(name)}
      error={problem}
    />
  );
}
