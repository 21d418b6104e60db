import { NumberInput, type NumberInputProps } from "@mantine/core";
import { Controller, type FieldValues, type Path, type UseFormReturn } from "react-hook-form";
import { useFieldProblem } from "./use-field-problem.ts";

/** A number of a form made by `useServerForm`; an empty string while there is none. */
export function NumberField<Values extends FieldValues>({
  form,
  name,
  ...input
}: { form: UseFormReturn<Values>; name: Path<Values> } & Omit<NumberInputProps, "form" | "name" | "error">) {
  const problem = useFieldProblem(form.formState.errors, name);
  return (
    <Controller
      control={form.control}
      name={name}
      render={({ field }) => <NumberInput withAsterisk={false} {...input} {...field} error={problem} />}
    />
  );
}
