import { Radio } from "@mantine/core";
import type { TemplateProblem } from "@vera-qr/templates";
import { useRef } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useIntl } from "react-intl";
import { CodeField, type CodeFieldHandle } from "../code-editor/code-field.tsx";
import type { ExpressionVocabulary } from "../code-editor/expression-vocabulary.ts";
import { useFieldProblem } from "../forms/use-field-problem.ts";
import styles from "./body-field.module.css";
import { FieldPicker } from "./field-picker.tsx";
import { fieldTree } from "./field-tree.ts";
import { InsertField } from "./insert-field.tsx";
import { bodyKinds, type RequestDraft } from "./request-draft.ts";
import { useFieldProblems, useUnknownFields } from "./use-field-problems.ts";

/** What the body of a request is made of: nothing to write, fields to tick, or a template. */
export function BodyField({
  form,
  body,
  vocabulary,
  problems,
  payload,
}: {
  form: UseFormReturn<RequestDraft>;
  /** The template as the problems are of. */
  body: string;
  vocabulary: ExpressionVocabulary;
  problems: readonly TemplateProblem[];
  /** Of the order that it is tried with; null while there is none. */
  payload: string | null;
}) {
  const intl = useIntl();
  const editor = useRef<CodeFieldHandle>(null);
  const kind = form.watch("bodyKind");
  const bodyProblems = useFieldProblems(problems, "body");
  const bodyHints = useUnknownFields(body, "bodyTemplate", payload);
  const bodyRefusal = useFieldProblem(form.formState.errors, "body");
  const fieldsProblem = useFieldProblem(form.formState.errors, "fields");
  const choose = (next: string) => {
    const chosen = bodyKinds.find((one) => one === next) ?? "payload";
    form.setValue("bodyKind", chosen);
    // Whoever chooses fields takes some away.
    if (chosen === "fields" && form.getValues("fields").length === 0) {
      form.setValue(
        "fields",
        fieldTree.map(({ path }) => path),
      );
    }
  };
  return (
    <>
      <Radio.Group label={intl.formatMessage({ id: "request.bodyKind" })} value={kind} onChange={choose}>
        <div className={styles["kinds"]}>
          {bodyKinds.map((one) => (
            <Radio
              key={one}
              value={one}
              label={intl.formatMessage({ id: `request.bodyKind.${one}` })}
              description={intl.formatMessage({ id: `request.bodyKind.${one}Hint` })}
            />
          ))}
        </div>
      </Radio.Group>
      {kind === "fields" && (
        <Controller
          control={form.control}
          name="fields"
          render={({ field: { value, onChange } }) => (
            <FieldPicker fields={value} payload={payload} problem={fieldsProblem} onChange={onChange} />
          )}
        />
      )}
      {kind === "template" && (
        <div className={styles["template"]}>
          <Controller
            control={form.control}
            name="body"
            render={({ field: { value, onChange, onBlur } }) => (
              <CodeField
                handle={editor}
                label={intl.formatMessage({ id: "request.template" })}
                description={intl.formatMessage({ id: "request.templateHint" })}
                language="bodyTemplate"
                vocabulary={vocabulary}
                value={value}
                problems={bodyProblems.length > 0 ? bodyProblems : bodyHints}
                refusal={bodyRefusal}
                onChange={onChange}
                onBlur={onBlur}
              />
            )}
          />
          <InsertField onInsert={(expression) => editor.current?.insertField(expression)} />
        </div>
      )}
    </>
  );
}
