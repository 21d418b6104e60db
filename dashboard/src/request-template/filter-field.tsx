import { SegmentedControl } from "@mantine/core";
import type { FilterExplanation, TemplateProblem } from "@vera-qr/templates";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { CodeField } from "../code-editor/code-field.tsx";
import type { ExpressionVocabulary } from "../code-editor/expression-vocabulary.ts";
import { FilterBuilder } from "./filter-builder.tsx";
import styles from "./filter-field.module.css";
import { filterFields } from "./filter-fields.ts";
import { filterOfRows, rowsOfFilter } from "./filter-rows.ts";
import { useFieldProblems, useUnknownFields } from "./use-field-problems.ts";

/** Which orders are sent: as conditions where they say it all, else as an expression. */
export function FilterField({
  value,
  vocabulary,
  explanation,
  problems,
  payload,
  refusal,
  onChange,
}: {
  value: string;
  vocabulary: ExpressionVocabulary;
  /** Of the chosen order; null when there is none. */
  explanation: FilterExplanation | null;
  problems: readonly TemplateProblem[];
  /** Of the chosen order; null while there is none. */
  payload: string | null;
  refusal: string | null;
  onChange: (value: string) => void;
}) {
  const intl = useIntl();
  const [rows, setRows] = useState(() => rowsOfFilter(value, filterFields));
  const [mode, setMode] = useState<"rows" | "text">(rows === null ? "text" : "rows");
  const readable = rowsOfFilter(value, filterFields);
  const fieldProblems = useFieldProblems(problems, "filter");
  const hints = useUnknownFields(value, "expression", payload);
  const clause = explanation?.clause ?? null;
  const change = (next: "rows" | "text") => {
    if (next === "rows") setRows(readable);
    setMode(next);
  };
  return (
    <div className={styles["filter"]}>
      <div className={styles["head"]}>
        <p className={styles["hint"]}>
          <FormattedMessage id="requestFilter.hint" />
        </p>
        <SegmentedControl
          size="xs"
          aria-label={intl.formatMessage({ id: "requestFilter.mode" })}
          value={mode}
          onChange={change}
          data={(["rows", "text"] as const).map((one) => ({
            value: one,
            label: intl.formatMessage({ id: `requestFilter.mode.${one}` }),
            disabled: one === "rows" && mode === "text" && readable === null,
          }))}
        />
      </div>
      {mode === "rows" && rows !== null ? (
        <FilterBuilder
          rows={rows}
          clause={clause?.text ?? null}
          onChange={(changed) => {
            setRows(changed);
            onChange(filterOfRows(changed, filterFields));
          }}
        />
      ) : (
        <>
          {readable === null && (
            <p className={styles["hint"]}>
              <FormattedMessage id="requestFilter.textOnly" />
            </p>
          )}
          <CodeField
            label={intl.formatMessage({ id: "requestFilter.expression" })}
            description={intl.formatMessage({ id: "requestFilter.expressionHint" })}
            language="expression"
            vocabulary={vocabulary}
            value={value}
            problems={fieldProblems.length > 0 ? fieldProblems : hints}
            refusal={refusal}
            marked={clause}
            onChange={onChange}
          />
        </>
      )}
    </div>
  );
}
