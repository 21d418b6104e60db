import { NativeSelect } from "@mantine/core";
import { useCallback } from "react";
import { useIntl } from "react-intl";
import { FilterBar } from "../../components/filter-bar.tsx";
import styles from "./event-filters.module.css";
import type { EventsSearch } from "./events-route.ts";
import { type OrderEventType, orderEventTypes } from "./order-event-types.ts";

/** Which events are listed: by words, and by what happened. */
export function EventFilters({
  search: { q, type },
  isFiltered,
  onFilter,
  onClear,
}: {
  search: EventsSearch;
  isFiltered: boolean;
  onFilter: (change: Partial<EventsSearch>) => void;
  onClear: () => void;
}) {
  const intl = useIntl();
  const find = useCallback((words: string) => onFilter({ q: words === "" ? undefined : words }), [onFilter]);
  return (
    <div className={styles["filters"]}>
      <FilterBar
        search={{ value: q ?? "", label: intl.formatMessage({ id: "events.search" }), onChange: find }}
        isFiltered={isFiltered}
        onClear={onClear}
      >
        <NativeSelect
          size="sm"
          aria-label={intl.formatMessage({ id: "events.type" })}
          value={type ?? ""}
          onChange={(event) => {
            const chosen = event.currentTarget.value as OrderEventType | "";
            onFilter({ type: chosen === "" ? undefined : chosen });
          }}
        >
          <option value="">{intl.formatMessage({ id: "events.allTypes" })}</option>
          {orderEventTypes.map((name) => (
            <option key={name} value={name}>
              {intl.formatMessage({ id: `event.${name}` })}
            </option>
          ))}
        </NativeSelect>
      </FilterBar>
    </div>
  );
}
