import { useIntl } from "react-intl";
import { FilterBar } from "../../components/filter-bar.tsx";
import { FilterSelect } from "../../components/filter-select.tsx";
import { orderEventTypes } from "../../orders/order-event-types.ts";
import { switchStates, type WebhookFilterSearch } from "./webhook-filter.ts";

/** Which webhooks are listed: by words of the name, by whether they are on, and by what they are sent. */
export function WebhookFilters({
  search: { name, state, event },
  isFiltered,
  onFilter,
  onClear,
}: {
  search: WebhookFilterSearch;
  isFiltered: boolean;
  onFilter: (change: Partial<WebhookFilterSearch>) => void;
  onClear: () => void;
}) {
  const intl = useIntl();
  return (
    <FilterBar
      search={{
        value: name ?? "",
        label: intl.formatMessage({ id: "webhooks.search" }),
        onChange: (words) => onFilter({ name: words === "" ? undefined : words }),
      }}
      isFiltered={isFiltered}
      onClear={onClear}
    >
      <FilterSelect
        label={intl.formatMessage({ id: "webhooks.filterState" })}
        anyLabel={intl.formatMessage({ id: "webhooks.anyState" })}
        value={state}
        options={switchStates.map((value) => ({ value, label: intl.formatMessage({ id: `webhook.${value}` }) }))}
        onChange={(chosen) => onFilter({ state: chosen })}
      />
      <FilterSelect
        label={intl.formatMessage({ id: "webhooks.filterEvent" })}
        anyLabel={intl.formatMessage({ id: "webhooks.anyEvent" })}
        value={event}
        options={orderEventTypes.map((value) => ({ value, label: intl.formatMessage({ id: `event.${value}` }) }))}
        onChange={(chosen) => onFilter({ event: chosen })}
      />
    </FilterBar>
  );
}
