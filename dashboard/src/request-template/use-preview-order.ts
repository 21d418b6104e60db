import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useQuery } from "urql";
import { graphql } from "../graphql/generated/gql.ts";
import type { EventType, PreviewOrder_OrdersQuery } from "../graphql/generated/graphql.ts";
import { orderEventTypes } from "../orders/order-event-types.ts";

const PreviewOrder_Orders = graphql(`
  query PreviewOrder_Orders($organizationId: ID!, $filter: OrderEventFilter!) {
    orderEvents(organizationId: $organizationId, filter: $filter, first: 20) {
      edges {
        node {
          id
          eventType
          orderNumber
          createdAt
        }
      }
    }
    eventTypes {
      eventType
      example
    }
  }
`);

const PreviewOrder_Payload = graphql(`
  query PreviewOrder_Payload($id: ID!) {
    orderEvent(id: $id) {
      id
      payload
    }
  }
`);

type PastOrder = PreviewOrder_OrdersQuery["orderEvents"]["edges"][number]["node"];

/** An order to try a draft with. */
export interface PreviewOrder {
  /** The latest ones, or those that are searched for. */
  readonly orders: readonly PastOrder[];
  /** Null: it is the catalogue's example. */
  readonly chosen: PastOrder | null;
  readonly choose: (id: string) => void;
  readonly search: string;
  readonly setSearch: (prefix: string) => void;
  readonly isLoading: boolean;
  readonly eventType: EventType;
  /** As it is sent without a template; null while it is loaded. */
  readonly payload: string | null;
}

const typingPauseMs = 250;

/** The latest real order that was not chosen otherwise; the catalogue's example where there is none. */
export function usePreviewOrder(organizationId: string): PreviewOrder {
  const [search, setSearch] = useState("");
  const [chosenId, choose] = useState<string | null>(null);
  const [prefix] = useDebouncedValue(search.trim(), typingPauseMs);
  const [{ data, fetching }] = useQuery({
    query: PreviewOrder_Orders,
    variables: {
      organizationId,
      filter: { eventType: [...orderEventTypes], ...(prefix !== "" && { orderNumberPrefix: prefix }) },
    },
    requestPolicy: "cache-and-network",
  });
  const orders = data?.orderEvents.edges.map(({ node }) => node) ?? [];
  const chosen = orders.find(({ id }) => id === chosenId) ?? orders[0] ?? null;
  const [{ data: loaded }] = useQuery({
    query: PreviewOrder_Payload,
    variables: { id: chosen?.id ?? "" },
    pause: chosen === null,
  });
  const example = data?.eventTypes.find(({ eventType }) => eventType === orderEventTypes[0])?.example;
  // While another one is loaded it is the one before: the preview stays where it is.
  const real = loaded?.orderEvent?.payload;
  return {
    orders,
    chosen,
    choose,
    search,
    setSearch,
    isLoading: fetching && data === undefined,
    eventType: chosen?.eventType ?? orderEventTypes[0],
    payload: chosen !== null ? (real ?? null) : example === undefined ? null : JSON.stringify(example),
  };
}
