import { useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { EmptyState, NoMatch, StateHint } from "../../components/list-states.tsx";
import { useMinuteMs } from "../../components/now.ts";
import { Pager } from "../../components/pager.tsx";
import { Panel } from "../../components/panel.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { TimeRangePicker } from "../../components/time-range-picker.tsx";
import { useDeliveryChanges } from "../../feed/use-delivery-changes.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import { useOrganization } from "../../session/organization.ts";
import { timeRangeOf } from "../../url/time-range.ts";
import { EventFilters } from "./event-filters.tsx";
import { EventTable } from "./event-table.tsx";
import type { EventsSearch } from "./events-route.ts";

const EventsPanel_Events = graphql(`
  query EventsPanel_Events($organizationId: ID!, $filter: OrderEventFilter!, $after: String) {
    orderEvents(organizationId: $organizationId, filter: $filter, first: 50, after: $after) {
      edges {
        node {
          ...EventRow
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const reloadEveryMs = 2_000;

/** The published events of the chosen time, newest first; renewed while orders come in. */
export function EventsPanel({
  search,
  onSearch,
}: {
  search: EventsSearch;
  onSearch: (change: Partial<EventsSearch>, options?: { push: boolean }) => void;
}) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const { q, type, after } = search;
  const { since, until } = timeRangeOf(search, useMinuteMs());
  const variables = useMemo(
    () => ({
      organizationId,
      filter: { since, until, search: q ?? null, eventType: type === undefined ? null : [type] },
      after: after ?? null,
    }),
    [organizationId, since, until, q, type, after],
  );
  const [{ data, error }, reload] = useQuery({
    query: EventsPanel_Events,
    variables,
    requestPolicy: "cache-and-network",
  });
  const reloadNow = () => reload({ requestPolicy: "network-only" });
  useDeliveryChanges(organizationId, reloadEveryMs, reloadNow);

  const isFiltered = q !== undefined || type !== undefined;
  const filter = (change: Partial<EventsSearch>) => onSearch({ ...change, after: undefined });
  const clear = () => filter({ q: undefined, type: undefined });
  return (
    <Panel
      title={intl.formatMessage({ id: "events.listTitle" })}
      aside={<TimeRangePicker value={search} onChange={filter} />}
    >
      <EventFilters search={search} isFiltered={isFiltered} onFilter={filter} onClear={clear} />
      <QueryBoundary data={data} error={error} onRetry={reloadNow} rows={6}>
        {({ orderEvents: { edges, pageInfo } }) => (
          <>
            {edges.length === 0 ? (
              <NoEvents isFiltered={isFiltered} onClear={clear} />
            ) : (
              <EventTable events={edges.map(({ node }) => node)} onOpen={(event) => onSearch({ event })} />
            )}
            <Pager after={after} pageInfo={pageInfo} onChange={(next) => onSearch({ after: next }, { push: true })} />
          </>
        )}
      </QueryBoundary>
    </Panel>
  );
}

function NoEvents({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const intl = useIntl();
  if (isFiltered) return <NoMatch title={intl.formatMessage({ id: "events.noMatch" })} onClear={onClear} />;
  return (
    <EmptyState title={intl.formatMessage({ id: "events.empty" })}>
      <StateHint>
        <FormattedMessage id="events.emptyHint" />
      </StateHint>
    </EmptyState>
  );
}
