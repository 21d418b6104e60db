import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { type Client, useClient } from "urql";
import type { DeliveryRow } from "../../feed/delivery-row-fragment.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import { useLiveUpdates } from "../../graphql/use-live-updates.ts";
import { DeliveryLog, type FetchPage, type LogSnapshot } from "./delivery-log.ts";
import { type LogSearch, logFilterOf } from "./log-search.ts";

const DeliveryLog_Deliveries = graphql(`
  query DeliveryLog_Deliveries($organizationId: ID!, $filter: DeliveryFilter, $first: Int!, $after: String) {
    deliveries(organizationId: $organizationId, filter: $filter, first: $first, after: $after) {
      edges {
        node {
          ...DeliveryRow
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const DeliveryLog_Changes = graphql(`
  subscription DeliveryLog_Changes($organizationId: ID!, $since: String) {
    deliveryUpdates(organizationId: $organizationId, since: $since, cursorFirst: true) {
      cursor
      skipped
      deliveries {
        ...DeliveryRow
      }
    }
  }
`);

const DeliveryLog_Arrivals = graphql(`
  subscription DeliveryLog_Arrivals($organizationId: ID!, $filter: DeliveryFilter, $since: String) {
    deliveryUpdates(organizationId: $organizationId, filter: $filter, since: $since, cursorFirst: true) {
      cursor
      skipped
      deliveries {
        id
        createdAt
        updatedAt
      }
    }
  }
`);

const pageSize = 100;

/** The deliveries that the address asks for: loaded by pages, renewed live in their places. */
export function useDeliveryLog(
  organizationId: string,
  search: LogSearch,
): { readonly log: DeliveryLog<DeliveryRow>; readonly snapshot: LogSnapshot<DeliveryRow> } {
  const client = useClient();
  // Which delivery is open does not change the list.
  const listText = JSON.stringify({ ...search, delivery: undefined });
  const log = useMemo(
    () => new DeliveryLog<DeliveryRow>(pages(client, organizationId, JSON.parse(listText))),
    [client, organizationId, listText],
  );
  useEffect(() => void log.load(), [log]);

  const changesCursor = useRef<string>(undefined);
  useLiveUpdates(
    DeliveryLog_Changes,
    organizationId,
    () => ({ organizationId, since: changesCursor.current ?? null }),
    ({ deliveryUpdates }) => {
      // What was read before there was a subscription may have changed in between.
      if (changesCursor.current === undefined) void log.load();
      changesCursor.current = deliveryUpdates.cursor;
      log.apply(deliveryUpdates);
    },
  );
  const arrivals = useRef<{ readonly log: unknown; readonly cursor: string }>(undefined);
  useLiveUpdates(
    DeliveryLog_Arrivals,
    `${organizationId} ${listText}`,
    () => ({
      organizationId,
      filter: logFilterOf(search, Date.now()),
      since: (arrivals.current?.log === log ? arrivals.current.cursor : changesCursor.current) ?? null,
    }),
    ({ deliveryUpdates }) => {
      arrivals.current = { log, cursor: deliveryUpdates.cursor };
      log.arrive(deliveryUpdates);
    },
  );
  const snapshot = useSyncExternalStore(log.subscribe, log.getSnapshot);
  const isEmpty = snapshot.isLoaded && snapshot.deliveries.length === 0;
  const hasArrived = snapshot.arrivedCount > 0;
  // There is no reader whose place could be lost.
  useEffect(() => {
    if (isEmpty && hasArrived) void log.load();
  }, [isEmpty, hasArrived, log]);
  return { log, snapshot };
}

function pages(client: Client, organizationId: string, search: LogSearch): FetchPage<DeliveryRow> {
  return async ({ after, loadedAtMs }) => {
    const filter = logFilterOf(search, loadedAtMs);
    const { data, error } = await client
      .query(
        DeliveryLog_Deliveries,
        { organizationId, filter, first: pageSize, after },
        { requestPolicy: "network-only" },
      )
      .toPromise();
    if (data === undefined) return error as NonNullable<typeof error>;
    const { edges, pageInfo } = data.deliveries;
    return {
      deliveries: edges.map(({ node }) => node),
      next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
    };
  };
}
