import { ActionIcon, Button } from "@mantine/core";
import { LIMITS, type TemplateProblem } from "@vera-qr/templates";
import { Plus, X } from "lucide-react";
import { Controller, type UseFormReturn, useFieldArray } from "react-hook-form";
import { FormattedMessage, useIntl } from "react-intl";
import { CodeField } from "../code-editor/code-field.tsx";
import type { ExpressionVocabulary } from "../code-editor/expression-vocabulary.ts";
import { TextField } from "../forms/text-field.tsx";
import { useFieldProblem } from "../forms/use-field-problem.ts";
import styles from "./header-rows.module.css";
import type { RequestDraft } from "./request-draft.ts";
import { useFieldProblems } from "./use-field-problems.ts";

interface HeadersProps {
  readonly form: UseFormReturn<RequestDraft>;
  readonly vocabulary: ExpressionVocabulary;
  readonly problems: readonly TemplateProblem[];
}

/** Headers of a request template. */
export function HeaderRows(props: HeadersProps) {
  const { fields, append, remove } = useFieldArray({ control: props.form.control, name: "headers" });
  return (
    <fieldset className={styles["headers"]}>
      <legend>
        <FormattedMessage id="request.headers" />
      </legend>
      <p className={styles["hint"]}>
        <FormattedMessage id="request.headersHint" />
      </p>
      {fields.map(({ id }, row) => (
        <Header key={id} {...props} row={row} onRemove={() => remove(row)} />
      ))}
      {fields.length < LIMITS.headers && (
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<Plus size={14} aria-hidden="true" />}
            onClick={() => append({ name: "", value: "" })}
          >
            <FormattedMessage id="request.addHeader" />
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function Header({
  form,
  vocabulary,
  problems,
  row,
  onRemove,
}: HeadersProps & { readonly row: number; readonly onRemove: () => void }) {
  const intl = useIntl();
  const number = row + 1;
  const refusal = useFieldProblem(form.formState.errors, `headers.${row}.value`);
  const name = form.watch(`headers.${row}.name`);
  const ofHeader = useFieldProblems(problems, "headers", name.trim());
  return (
    <div className={styles["header"]}>
      <TextField
        form={form}
        name={`headers.${row}.name`}
        size="sm"
        label={intl.formatMessage({ id: "request.headerName" }, { number })}
        autoComplete="off"
        spellCheck={false}
      />
      <Controller
        control={form.control}
        name={`headers.${row}.value`}
        render={({ field: { value, onChange, onBlur } }) => (
          <CodeField
            label={intl.formatMessage({ id: "request.headerValue" }, { number })}
            language="lineTemplate"
            vocabulary={vocabulary}
            value={value}
            problems={ofHeader}
            refusal={refusal}
            onChange={onChange}
            onBlur={onBlur}
          />
        )}
      />
      <ActionIcon
        variant="default"
        size="input-sm"
        aria-label={intl.formatMessage({ id: "request.removeHeader" }, { number })}
        onClick={onRemove}
      >
        <X size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}
