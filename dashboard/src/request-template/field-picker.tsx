import { Checkbox } from "@mantine/core";
import { useMemo } from "react";
import { FormattedMessage } from "react-intl";
import { Problem } from "../components/problem.tsx";
import styles from "./field-picker.module.css";
import { type FieldNode, fieldTree, stateOfField, withField } from "./field-tree.ts";
import { useFieldName } from "./use-field-name.ts";
import { valueAt } from "./value-at.ts";

/** Which fields of the payload are sent, for people who write no template. */
export function FieldPicker({
  fields,
  payload,
  problem,
  onChange,
}: {
  fields: readonly string[];
  /** Where the values beside the fields are from; null while there is none. */
  payload: string | null;
  problem: string | null;
  onChange: (fields: string[]) => void;
}) {
  const values = useMemo(() => (payload === null ? null : (JSON.parse(payload) as unknown)), [payload]);
  return (
    <fieldset className={styles["picker"]}>
      <legend>
        <FormattedMessage id="request.fields" />
      </legend>
      <p className={styles["hint"]}>
        <FormattedMessage id="request.fieldsHint" />
      </p>
      {problem !== null && <Problem>{problem}</Problem>}
      <Fields nodes={fieldTree} fields={fields} values={values} onChange={onChange} />
    </fieldset>
  );
}

function Fields({
  nodes,
  fields,
  values,
  onChange,
}: {
  nodes: readonly FieldNode[];
  fields: readonly string[];
  values: unknown;
  onChange: (fields: string[]) => void;
}) {
  const nameOf = useFieldName();
  return (
    <ul className={styles["fields"]}>
      {nodes.map(({ path, example, children }) => {
        const state = stateOfField(fields, path);
        return (
          <li key={path}>
            <Checkbox
              size="sm"
              classNames={{ labelWrapper: styles["label"] ?? "" }}
              checked={state === "all"}
              indeterminate={state === "some"}
              onChange={({ currentTarget: { checked } }) => onChange(withField(fields, path, checked))}
              label={
                <>
                  {nameOf(path)} <code className={styles["path"]}>{path}</code>
                </>
              }
              description={children.length === 0 ? <Value value={valueAt(values, path) ?? example} /> : null}
            />
            {children.length > 0 && <Fields nodes={children} fields={fields} values={values} onChange={onChange} />}
          </li>
        );
      })}
    </ul>
  );
}

function Value({ value }: { value: unknown }) {
  return <code className={styles["value"]}>{typeof value === "string" ? value : JSON.stringify(value)}</code>;
}
