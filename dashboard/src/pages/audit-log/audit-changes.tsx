import { FormattedMessage, useIntl } from "react-intl";
import type { MessageId } from "../../i18n/en.ts";
import type { AuditChange } from "./audit-details.ts";
import styles from "./audit-log-page.module.css";
import { useRoleName } from "./use-role-name.ts";

/** The changed settings, each as "before → after". */
export function AuditChanges({ changes }: { changes: readonly AuditChange[] }) {
  const intl = useIntl();
  const roleName = useRoleName();
  if (changes.length === 0) return null;
  /** The server may write words that are newer than this page. */
  const inWords = (id: string, otherwise: string) =>
    id in intl.messages ? intl.formatMessage({ id: id as MessageId }) : otherwise;
  const textOf = (field: string, value: unknown): string => {
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) {
      return intl.formatMessage({ id: "auditLog.none" });
    }
    if (typeof value === "boolean") return intl.formatMessage({ id: value ? "auditLog.yes" : "auditLog.no" });
    if (field === "authentication") return inWords(`login.type.${constantCase(String(value))}`, String(value));
    if (field === "newSecrets" && Array.isArray(value)) {
      return intl.formatList(value.map((name) => inWords(`login.${name}`, String(name))));
    }
    if (Array.isArray(value)) return intl.formatList(value.map(String), { type: "unit", style: "short" });
    if (typeof value === "number") return intl.formatNumber(value);
    if (typeof value !== "string") return JSON.stringify(value);
    return field === "role" ? roleName(value) : value;
  };
  return (
    <dl className={styles["changes"]}>
      {changes.map(({ field, from, to }) => (
        <div key={field} className={styles["change"]}>
          <dt>{inWords(`auditField.${field}`, field)}</dt>
          <dd>
            <FormattedMessage
              id="auditLog.change"
              values={{ from: <del className={styles["before"]}>{textOf(field, from)}</del>, to: textOf(field, to) }}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `oauth2RefreshToken`, as the server writes it, is `OAUTH2_REFRESH_TOKEN`. */
function constantCase(name: string): string {
  return name.replace(/[A-Z]/g, "_$&").toUpperCase();
}
