import { Textarea, type TextareaProps } from "@mantine/core";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { useFieldProblem } from "./use-field-problem.ts";

/** Several lines of text of a form made by `useServerForm`. */
export function TextAreaField<Values extends FieldValues>({
  form,
  name,
  ...input
}: { form: UseFormReturn<Values>; name: Path<Values> } & Omit<TextareaProps, "form" | "name" | "error">) {
  const problem = useFieldProblem(form.formState.errors, name);
  return <Textarea withAsterisk={false} {...input} {...form.register(name)} error={problem} />;
}
