import { FormattedMessage } from "react-intl";
import type { MessageId } from "../i18n/en.ts";
import styles from "./data-table.module.css";

export interface Column {
  readonly name: MessageId;
  readonly isNumber?: boolean;
  /** Whether the name is for screen readers only. */
  readonly isSilent?: boolean;
  readonly className?: string | undefined;
}

/** The names of a table's columns. */
export function TableHead({ columns }: { columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ name, isNumber = false, isSilent = false, className = "" }) => (
          <th key={name} scope="col" className={isNumber ? `${styles["number"]} ${className}` : className}>
            <span className={isSilent ? "visually-hidden" : undefined}>
              <FormattedMessage id={name} />
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}
