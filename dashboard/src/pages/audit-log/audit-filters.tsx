import { NativeSelect } from "@mantine/core";
import { useIntl } from "react-intl";
import { FilterBar } from "../../components/filter-bar.tsx";
import { type AuditAction, auditActions } from "./audit-actions.ts";
import styles from "./audit-log-page.module.css";
import type { AuditLogSearch } from "./audit-log-route.ts";

/** Which entries are listed: by what was done, and by whom. */
export function AuditFilters({
  search: { action, by },
  actors,
  isFiltered,
  onFilter,
  onClear,
}: {
  search: AuditLogSearch;
  actors: readonly { readonly id: string; readonly name: string }[];
  isFiltered: boolean;
  onFilter: (change: Partial<AuditLogSearch>) => void;
  onClear: () => void;
}) {
  const intl = useIntl();
  const isFormerActor = by !== undefined && !actors.some(({ id }) => id === by);
  return (
    <div className={styles["filters"]}>
      <FilterBar isFiltered={isFiltered} onClear={onClear}>
        <NativeSelect
          size="sm"
          aria-label={intl.formatMessage({ id: "auditLog.action" })}
          value={action ?? ""}
          onChange={(event) => {
            const chosen = event.currentTarget.value as AuditAction | "";
            onFilter({ action: chosen === "" ? undefined : chosen });
          }}
        >
          <option value="">{intl.formatMessage({ id: "auditLog.allActions" })}</option>
          {auditActions.map((name) => (
            <option key={name} value={name}>
              {intl.formatMessage({ id: `auditAction.${name}` })}
            </option>
          ))}
        </NativeSelect>
        <NativeSelect
          size="sm"
          aria-label={intl.formatMessage({ id: "auditLog.by" })}
          value={by ?? ""}
          onChange={(event) => onFilter({ by: event.currentTarget.value || undefined })}
        >
          <option value="">{intl.formatMessage({ id: "auditLog.anybody" })}</option>
          {actors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {isFormerActor && <option value={by}>{by}</option>}
        </NativeSelect>
      </FilterBar>
    </div>
  );
}
