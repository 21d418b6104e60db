import { useIntl } from "react-intl";
import { FilterBar } from "../../components/filter-bar.tsx";
import { FilterSelect } from "../../components/filter-select.tsx";
import { auditActions } from "./audit-actions.ts";
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
  // Who is not there any more can still be in the address.
  const isFormerActor = by !== undefined && !actors.some(({ id }) => id === by);
  const people = isFormerActor ? [...actors, { id: by, name: by }] : actors;
  return (
    <div className={styles["filters"]}>
      <FilterBar isFiltered={isFiltered} onClear={onClear}>
        <FilterSelect
          label={intl.formatMessage({ id: "auditLog.action" })}
          anyLabel={intl.formatMessage({ id: "auditLog.allActions" })}
          value={action}
          options={auditActions.map((value) => ({
            value,
            label: intl.formatMessage({ id: `auditAction.${value}` }),
          }))}
          onChange={(chosen) => onFilter({ action: chosen })}
        />
        <FilterSelect
          label={intl.formatMessage({ id: "auditLog.by" })}
          anyLabel={intl.formatMessage({ id: "auditLog.anybody" })}
          value={by}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(chosen) => onFilter({ by: chosen })}
        />
      </FilterBar>
    </div>
  );
}
