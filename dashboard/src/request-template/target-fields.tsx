import { NativeSelect } from "@mantine/core";
import type { TemplateProblem } from "@vera-qr/templates";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useIntl } from "react-intl";
import { CodeField } from "../code-editor/code-field.tsx";
import type { ExpressionVocabulary } from "../code-editor/expression-vocabulary.ts";
import { useFieldProblem } from "../forms/use-field-problem.ts";
import { HeaderRows } from "./header-rows.tsx";
import { methods, type RequestDraft } from "./request-draft.ts";
import { useFieldProblems } from "./use-field-problems.ts";

/** How and where to a request is sent: method, path, headers. */
export function TargetFields({
  form,
  vocabulary,
  problems,
}: {
  form: UseFormReturn<RequestDraft>;
  vocabulary: ExpressionVocabulary;
  problems: readonly TemplateProblem[];
}) {
  const intl = useIntl();
  const pathProblems = useFieldProblems(problems, "path");
  const pathRefusal = useFieldProblem(form.formState.errors, "path");
  return (
    <>
      <NativeSelect
        {...form.register("method")}
        size="sm"
        w="8rem"
        label={intl.formatMessage({ id: "request.method" })}
        data={[...methods]}
      />
      <Controller
        control={form.control}
        name="path"
        render={({ field: { value, onChange, onBlur } }) => (
          <CodeField
            label={intl.formatMessage({ id: "request.path" })}
            description={intl.formatMessage({ id: "request.pathHint" })}
            language="lineTemplate"
            vocabulary={vocabulary}
            value={value}
            problems={pathProblems}
            refusal={pathRefusal}
            onChange={onChange}
            onBlur={onBlur}
          />
        )}
      />
      <HeaderRows form={form} vocabulary={vocabulary} problems={problems} />
    </>
  );
}
