import { NativeSelect, type NativeSelectProps } from "@mantine/core";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { useFieldProblem } from "./use-field-problem.ts";

/** One of several values, of a form made by `useServerForm`. */
export function SelectField<Values extends FieldValues>({
  form,
  name,
  ...input
}: { form: UseFormReturn<Values>; name: Path<Values> } & Omit<NativeSelectProps, "form" | "name" | "error">) {
  const problem = useFieldProblem(form.formState.errors, name);
  return <NativeSelect withAsterisk={false} {...input} {...form.register(name)} error={problem} />;
}
