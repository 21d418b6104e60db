import { TextInput, type TextInputProps } from "@mantine/core";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { useFieldProblem } from "./use-field-problem.ts";

/** A line of text of a form made by `useServerForm`. */
export function TextField<Values extends FieldValues>({
  form,
  name,
  ...input
}: { form: UseFormReturn<Values>; name: Path<Values> } & Omit<TextInputProps, "form" | "name" | "error">) {
  const problem = useFieldProblem(form.formState.errors, name);
  return <TextInput withAsterisk={false} {...input} {...form.register(name)} error={problem} />;
}
