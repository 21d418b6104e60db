import type { CombinedError } from "urql";
import type { FeedDelivery, FeedUpdate } from "../../feed/delivery-feed.ts";

/** Answers with the page behind `after`; null: the first one. All pages of a list are asked for with its `loadedAtMs`. */
export type FetchPage<Delivery> = (request: {
  readonly after: string | null;
  readonly loadedAtMs: number;
}) => Promise<LogPage<Delivery> | CombinedError>;

export interface LogPage<Delivery> {
  readonly deliveries: readonly Delivery[];
  /** Where the next page begins; null when there is none. */
  readonly next: string | null;
}

export interface LogSnapshot<Delivery> {
  /** Newest first: all pages so far. */
  readonly deliveries: readonly Delivery[];
  /** False until the first page is there. */
  readonly isLoaded: boolean;
  readonly hasMore: boolean;
  /** Why the latest page could not be loaded; null when it was. */
  readonly error: CombinedError | null;
  /** Matching deliveries that came since and are not in the list. */
  readonly arrivedCount: number;
}

/** How many changes of deliveries outside the list are remembered, for the one that is shown beside it. */
const seenMax = 1_000;

/**
 * The deliveries that match, page by page, kept outside React. What changes is renewed in its place; what is new is only
 * counted, so that the list never moves under the reader.
 */
export class DeliveryLog<Delivery extends FeedDelivery> {
  readonly #fetchPage: FetchPage<Delivery>;
  readonly #updatedAt = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  readonly #indexes = new Map<string, number>();
  readonly #arrived = new Set<string>();
  #leftOut = 0;
  #next: string | null = null;
  #loadedAtMs = 0;
  /** Which answers are still wanted: a reload makes those on their way worthless. */
  #generation = 0;
  #isFetching = false;
  #snapshot: LogSnapshot<Delivery> = { deliveries: [], isLoaded: false, hasMore: false, error: null, arrivedCount: 0 };

  constructor(fetchPage: FetchPage<Delivery>) {
    this.#fetchPage = fetchPage;
  }

  /** Loads the list from its beginning; the rows so far stay until the new ones are there. */
  async load(): Promise<void> {
    this.#generation += 1;
    this.#loadedAtMs = Date.now();
    // Whatever comes from here on may be missing in the answer.
    this.#arrived.clear();
    this.#leftOut = 0;
    const page = await this.#fetch(null);
    if (page === null) return;
    this.#indexes.clear();
    this.#append([], page);
  }

  /** Loads what follows, unless that is under way already. */
  async loadMore(): Promise<void> {
    if (this.#isFetching || this.#next === null) return;
    const page = await this.#fetch(this.#next);
    if (page !== null) this.#append(this.#snapshot.deliveries, page);
  }

  /** Takes deliveries as they are now, whether they match or not. */
  apply({ deliveries }: FeedUpdate<Delivery>): void {
    let changed: Delivery[] | null = null;
    for (const delivery of deliveries) {
      const known = this.#updatedAt.get(delivery.id);
      if (known !== undefined && Date.parse(known) > Date.parse(delivery.updatedAt)) continue;
      this.#remember(delivery);
      const index = this.#indexes.get(delivery.id);
      if (index === undefined) continue;
      changed ??= [...this.#snapshot.deliveries];
      changed[index] = delivery;
    }
    this.#set(changed === null ? {} : { deliveries: changed });
  }

  /** Counts matching deliveries that the list does not have. `skipped`: how many more the server left out. */
  arrive({ deliveries, skipped }: { readonly deliveries: readonly FeedDelivery[]; readonly skipped: number }): void {
    const oldest = this.#next === null ? undefined : this.#snapshot.deliveries.at(-1);
    for (const { id, createdAt } of deliveries) {
      const isBelow = oldest !== undefined && Date.parse(createdAt) < Date.parse(oldest.createdAt);
      if (!this.#indexes.has(id) && !isBelow) this.#arrived.add(id);
    }
    this.#leftOut += skipped;
    const arrivedCount = this.#arrived.size + this.#leftOut;
    if (arrivedCount !== this.#snapshot.arrivedCount) this.#set({ arrivedCount });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  getSnapshot = (): LogSnapshot<Delivery> => this.#snapshot;

  updatedAtOf(id: string): string | null {
    return this.#updatedAt.get(id) ?? null;
  }

  async #fetch(after: string | null): Promise<LogPage<Delivery> | null> {
    const generation = this.#generation;
    this.#isFetching = true;
    this.#set({ error: null });
    const answer = await this.#fetchPage({ after, loadedAtMs: this.#loadedAtMs });
    if (generation !== this.#generation) return null;
    this.#isFetching = false;
    if ("deliveries" in answer) return answer;
    this.#set({ error: answer });
    return null;
  }

  #append(before: readonly Delivery[], { deliveries, next }: LogPage<Delivery>): void {
    const all = [...before];
    for (const delivery of deliveries) {
      if (this.#indexes.has(delivery.id)) continue;
      this.#indexes.set(delivery.id, all.length);
      this.#arrived.delete(delivery.id);
      this.#remember(delivery);
      all.push(delivery);
    }
    this.#next = next;
    this.#set({
      deliveries: all,
      isLoaded: true,
      hasMore: next !== null,
      arrivedCount: this.#arrived.size + this.#leftOut,
    });
  }

  #remember({ id, updatedAt }: Delivery): void {
    this.#updatedAt.delete(id);
    this.#updatedAt.set(id, updatedAt);
    if (this.#updatedAt.size <= this.#indexes.size + seenMax) return;
    for (const seen of this.#updatedAt.keys()) {
      if (this.#indexes.has(seen)) continue;
      this.#updatedAt.delete(seen);
      break;
    }
  }

  #set(change: Partial<LogSnapshot<Delivery>>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}
