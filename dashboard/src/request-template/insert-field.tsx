import { Button, NativeSelect } from "@mantine/core";
import { PAYLOAD_FIELDS } from "@vera-qr/templates";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import styles from "./insert-field.module.css";
import { useFieldName } from "./use-field-name.ts";

/** Writes a field of the payload into a template, for people who do not know its path. */
export function InsertField({ onInsert }: { onInsert: (expression: string) => void }) {
  const intl = useIntl();
  const nameOf = useFieldName();
  const [path, setPath] = useState("data.order_number");
  return (
    <div className={styles["insert"]}>
      <NativeSelect
        size="sm"
        label={intl.formatMessage({ id: "request.insert" })}
        value={path}
        onChange={({ currentTarget: { value } }) => setPath(value)}
        data={PAYLOAD_FIELDS.map((field) => ({ value: field.path, label: `${nameOf(field.path)} · ${field.path}` }))}
      />
      <Button size="sm" variant="default" onClick={() => onInsert(expressionOf(path))}>
        <FormattedMessage id="request.insertButton" />
      </Button>
    </div>
  );
}

/** A field of items is that of all of them. */
function expressionOf(path: string): string {
  const [list, field] = path.split("[].");
  return field === undefined ? path : `${list}.map(item, item.${field})`;
}
