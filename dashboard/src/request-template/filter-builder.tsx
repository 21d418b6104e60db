import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { FormattedMessage, useIntl } from "react-intl";
import styles from "./filter-builder.module.css";
import { filterFields } from "./filter-fields.ts";
import { comparisonsOf, type FilterRow, filterOfRows, isComplete, needsValue } from "./filter-rows.ts";
import { useFieldName } from "./use-field-name.ts";

const firstRow: FilterRow = { path: "data.total_amount", comparison: "greater", value: "" };

/** A filter as rows that all have to be true, for people who write no expressions. */
export function FilterBuilder({
  rows,
  clause,
  onChange,
}: {
  rows: readonly FilterRow[];
  /** What the chosen order does not meet, as the filter has it; null when it meets all. */
  clause: string | null;
  onChange: (rows: readonly FilterRow[]) => void;
}) {
  const stoppedAt = clause === null ? -1 : rows.findIndex((row) => filterOfRows([row], filterFields).includes(clause));
  return (
    <div className={styles["builder"]}>
      {rows.length === 0 && (
        <p className={styles["hint"]}>
          <FormattedMessage id="requestFilter.none" />
        </p>
      )}
      {rows.map((row, index) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity than their place
          key={index}
          row={row}
          number={index + 1}
          isStopping={index === stoppedAt}
          onChange={(changed) => onChange(rows.with(index, changed))}
          onRemove={() => onChange(rows.toSpliced(index, 1))}
        />
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<Plus size={14} aria-hidden="true" />}
          onClick={() => onChange([...rows, firstRow])}
        >
          <FormattedMessage id="requestFilter.add" />
        </Button>
      </div>
    </div>
  );
}

function Row({
  row,
  number,
  isStopping,
  onChange,
  onRemove,
}: {
  row: FilterRow;
  number: number;
  isStopping: boolean;
  onChange: (row: FilterRow) => void;
  onRemove: () => void;
}) {
  const intl = useIntl();
  const nameOf = useFieldName();
  const field = filterFields.find(({ path }) => path === row.path);
  const comparisons = field === undefined ? [] : comparisonsOf(field);
  const choose = (path: string) => {
    const next = filterFields.find((one) => one.path === path);
    if (next === undefined) return;
    const possible = comparisonsOf(next);
    const comparison = possible.find((one) => one === row.comparison) ?? possible[0] ?? "equals";
    onChange({ ...row, path, comparison });
  };
  const isWrong = row.value !== "" && !isComplete(row, filterFields);
  return (
    <div className={styles["row"]} data-stopping={isStopping}>
      <NativeSelect
        size="sm"
        aria-label={intl.formatMessage({ id: "requestFilter.field" }, { number })}
        value={row.path}
        onChange={({ currentTarget: { value } }) => choose(value)}
        data={filterFields.map(({ path }) => ({ value: path, label: nameOf(path) }))}
      />
      <NativeSelect
        size="sm"
        aria-label={intl.formatMessage({ id: "requestFilter.comparison" }, { number })}
        value={row.comparison}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...row, comparison: comparisons.find((one) => one === value) ?? row.comparison })
        }
        data={comparisons.map((value) => ({ value, label: intl.formatMessage({ id: `comparison.${value}` }) }))}
      />
      {needsValue(row.comparison) && (
        <TextInput
          size="sm"
          className={styles["value"] ?? ""}
          aria-label={intl.formatMessage({ id: "requestFilter.value" }, { number })}
          inputMode={field?.type === "number" ? "decimal" : "text"}
          autoComplete="off"
          value={row.value}
          error={isWrong ? intl.formatMessage({ id: "requestFilter.valueNeeded" }) : null}
          onChange={({ currentTarget: { value } }) => onChange({ ...row, value })}
        />
      )}
      <ActionIcon
        className={styles["remove"] ?? ""}
        variant="default"
        size="input-sm"
        aria-label={intl.formatMessage({ id: "requestFilter.remove" }, { number })}
        onClick={onRemove}
      >
        <X size={16} aria-hidden="true" />
      </ActionIcon>
      {isStopping && (
        <p className={styles["stopping"]}>
          <FormattedMessage id="requestFilter.stopsHere" />
        </p>
      )}
    </div>
  );
}
