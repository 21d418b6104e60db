import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { EmptyState, ErrorState, LoadingState, StateHint } from "../../components/list-states.tsx";
import { useMinuteMs } from "../../components/now.ts";
import { Pager } from "../../components/pager.tsx";
import { Panel } from "../../components/panel.tsx";
import { TimeRangePicker } from "../../components/time-range-picker.tsx";
import { useThrottledEffect } from "../../components/use-throttled-effect.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import { useLiveUpdates } from "../../graphql/use-live-updates.ts";
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

const EventsPanel_Updates = graphql(`
  subscription EventsPanel_Updates($organizationId: ID!) {
    deliveryUpdates(organizationId: $organizationId, cursorFirst: true) {
      cursor
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
  const [updates, setUpdates] = useState(0);
  useLiveUpdates(
    EventsPanel_Updates,
    organizationId,
    () => ({ organizationId }),
    () => setUpdates((count) => count + 1),
  );
  useThrottledEffect(reloadNow, reloadEveryMs, updates);

  const isFiltered = q !== undefined || type !== undefined;
  const filter = (change: Partial<EventsSearch>) => onSearch({ ...change, after: undefined });
  const clear = () => filter({ q: undefined, type: undefined });
  const events = data?.orderEvents.edges.map(({ node }) => node) ?? [];
  return (
    <Panel
      title={intl.formatMessage({ id: "events.listTitle" })}
      aside={<TimeRangePicker value={search} onChange={filter} />}
    >
      <EventFilters search={search} isFiltered={isFiltered} onFilter={filter} onClear={clear} />
      {events.length > 0 && <EventTable events={events} onOpen={(event) => onSearch({ event })} />}
      {data === undefined && error === undefined && (
        <LoadingState label={intl.formatMessage({ id: "loading" })} rows={6} />
      )}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={reloadNow} />}
      {data !== undefined && events.length === 0 && (
        <EmptyState title={intl.formatMessage({ id: isFiltered ? "events.noMatch" : "events.empty" })}>
          {isFiltered ? (
            <Button variant="default" size="sm" onClick={clear}>
              <FormattedMessage id="filter.clear" />
            </Button>
          ) : (
            <StateHint>
              <FormattedMessage id="events.emptyHint" />
            </StateHint>
          )}
        </EmptyState>
      )}
      {data !== undefined && (
        <Pager
          after={after}
          pageInfo={data.orderEvents.pageInfo}
          onChange={(next) => onSearch({ after: next }, { push: true })}
        />
      )}
    </Panel>
  );
}
