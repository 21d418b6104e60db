import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { type Client, type CombinedError, useClient } from "urql";
import { documentPayload } from "../graphql/document-payload.ts";
import { graphql } from "../graphql/generated/gql.ts";
import type { DeliveryFeed_UpdatesSubscription } from "../graphql/generated/graphql.ts";
import type { LiveConnection } from "../graphql/live-connection.ts";
import { useLiveConnection } from "../graphql/live-connection-context.ts";
import { DeliveryFeed } from "./delivery-feed.ts";
import type { DeliveryRow } from "./delivery-row-fragment.ts";
import { type FeedFilter, matchesFilter } from "./feed-filter.ts";

const DeliveryFeed_Deliveries = graphql(`
  query DeliveryFeed_Deliveries($organizationId: ID!, $filter: DeliveryFilter, $first: Int!) {
    deliveries(organizationId: $organizationId, filter: $filter, first: $first) {
      edges {
        node {
          ...DeliveryRow
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

const DeliveryFeed_Updates = graphql(`
  subscription DeliveryFeed_Updates($organizationId: ID!, $since: String) {
    deliveryUpdates(organizationId: $organizationId, since: $since, cursorFirst: true) {
      cursor
      skipped
      deliveries {
        ...DeliveryRow
      }
    }
  }
`);

const DeliveryFeed_WaitingCount = graphql(`
  query DeliveryFeed_WaitingCount($organizationId: ID!, $filter: DeliveryFilter, $newerThan: ID) {
    deliveryCount(organizationId: $organizationId, filter: $filter, newerThan: $newerThan)
  }
`);

export const feedCapacity = 200;
const pageSize = 50;
const flushIntervalMs = 250;
/** How often what waits is counted by the server while not everything is sent. */
const countIntervalMs = 1_000;
/** How long the list waits for the live connection; without one it is loaded all the same. */
const liveWaitMs = 500;

export interface DeliveryFeedState {
  readonly feed: DeliveryFeed<DeliveryRow>;
  readonly deliveries: readonly DeliveryRow[];
  readonly skipped: number;
  readonly isPaused: boolean;
  /** Deliveries that came since the list was paused. */
  readonly waitingCount: number;
  readonly isLoaded: boolean;
  /** Why the list could not be loaded; null when it was. */
  readonly error: CombinedError | null;
  readonly reload: () => void;
}

/** The newest deliveries of an organization that match, loaded once and then kept live. */
export function useDeliveryFeed(organizationId: string, filter: FeedFilter): DeliveryFeedState {
  const client = useClient();
  const live = useLiveConnection();
  // Equal filters are one feed, whoever made the object.
  const filterText = JSON.stringify(filter);
  const source = useMemo(
    () => new DeliveryFeedSource(client, live, organizationId, JSON.parse(filterText)),
    [client, live, organizationId, filterText],
  );
  const [loading, setLoading] = useState<{ source: DeliveryFeedSource; error: CombinedError | null } | null>(null);
  const current = useRef(source);
  current.current = source;

  const load = useCallback(async (loaded: DeliveryFeedSource) => {
    const error = await loaded.load();
    if (current.current === loaded) setLoading({ source: loaded, error });
  }, []);
  useEffect(() => source.follow(() => void load(source)), [source, load]);

  const { deliveries, skipped, isPaused, waitingCount } = useSyncExternalStore(
    source.feed.subscribe,
    source.feed.getSnapshot,
  );
  const isSettled = loading?.source === source;
  return {
    feed: source.feed,
    deliveries,
    skipped,
    isPaused,
    waitingCount,
    isLoaded: isSettled && loading.error === null,
    error: isSettled ? loading.error : null,
    reload: () => void load(source),
  };
}

class DeliveryFeedSource {
  readonly feed: DeliveryFeed<DeliveryRow>;
  readonly #client: Client;
  readonly #live: LiveConnection;
  readonly #organizationId: string;
  readonly #filter: FeedFilter;
  #countTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client, live: LiveConnection, organizationId: string, filter: FeedFilter) {
    this.#client = client;
    this.#live = live;
    this.#organizationId = organizationId;
    this.#filter = filter;
    this.feed = new DeliveryFeed<DeliveryRow>({
      capacity: feedCapacity,
      flushIntervalMs,
      matches: (delivery) => matchesFilter(filter, delivery),
    });
  }

  async load(): Promise<CombinedError | null> {
    const result = await this.#client
      .query(
        DeliveryFeed_Deliveries,
        { organizationId: this.#organizationId, filter: this.#filter, first: pageSize },
        { requestPolicy: "network-only" },
      )
      .toPromise();
    if (result.data === undefined) return result.error ?? null;
    const { edges, pageInfo } = result.data.deliveries;
    this.feed.load({ deliveries: edges.map((edge) => edge.node), hasMore: pageInfo.hasNextPage });
    return null;
  }

  /**
   * Follows the updates from the cursor of the last one. The list is asked for once the first update says that the
   * subscription is there, at first and after every reconnect: then nothing falls between the two.
   */
  follow(load: () => void): () => void {
    let cursor: string | null = null;
    let isLoadDue = true;
    const loadNow = () => {
      clearTimeout(timer);
      isLoadDue = false;
      load();
    };
    const timer = setTimeout(load, liveWaitMs);
    const stop = this.#live.follow({
      document: documentPayload(DeliveryFeed_Updates),
      variables: () => {
        isLoadDue = true;
        return { organizationId: this.#organizationId, since: cursor };
      },
      onResult: (result) => {
        const update = (result.data as DeliveryFeed_UpdatesSubscription | null | undefined)?.deliveryUpdates;
        if (update === undefined) return;
        cursor = update.cursor;
        this.feed.apply(update);
        if (this.feed.getSnapshot().isPaused)
          this.#countTimer ??= setTimeout(() => void this.#count(), countIntervalMs);
        if (isLoadDue) loadNow();
      },
    });
    return () => {
      clearTimeout(timer);
      clearTimeout(this.#countTimer);
      stop();
    };
  }

  /** Only when it is needed: as long as everything is sent, the list itself knows what waits. */
  async #count(): Promise<void> {
    this.#countTimer = undefined;
    if (!this.feed.getSnapshot().isWaitingSampled) return;
    const newerThan = this.feed.newestHeldId();
    const { data } = await this.#client
      .query(
        DeliveryFeed_WaitingCount,
        { organizationId: this.#organizationId, filter: this.#filter, newerThan },
        { requestPolicy: "network-only" },
      )
      .toPromise();
    // It may have been resumed, and paused anew, meanwhile.
    if (data !== undefined && newerThan === this.feed.newestHeldId()) this.feed.countWaiting(data.deliveryCount);
  }
}
