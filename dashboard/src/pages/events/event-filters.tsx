import { useCallback } from "react";
import { useIntl } from "react-intl";
import { FilterBar } from "../../components/filter-bar.tsx";
import { FilterSelect } from "../../components/filter-select.tsx";
import { orderEventTypes } from "../../orders/order-event-types.ts";
import styles from "./event-filters.module.css";
import type { EventsSearch } from "./events-route.ts";

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
        <FilterSelect
          label={intl.formatMessage({ id: "events.type" })}
          anyLabel={intl.formatMessage({ id: "events.allTypes" })}
          value={type}
          options={orderEventTypes.map((value) => ({ value, label: intl.formatMessage({ id: `event.${value}` }) }))}
          onChange={(chosen) => onFilter({ type: chosen })}
        />
      </FilterBar>
    </div>
  );
}
