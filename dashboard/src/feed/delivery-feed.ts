export interface FeedDelivery {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface FeedUpdate<Delivery> {
  readonly deliveries: readonly Delivery[];
  /** How many further deliveries changed that the server left out of this update. */
  readonly skipped: number;
}

export interface FeedSnapshot<Delivery> {
  /** Newest first, at most `capacity`. */
  readonly deliveries: readonly Delivery[];
  /** Changes that the server did not send since the last load; while the list is paused, until then. */
  readonly skipped: number;
  /** Whether the list is held still. */
  readonly isPaused: boolean;
  /** Deliveries that match and came since the list was paused; at most `waitingCountMax`. */
  readonly waitingCount: number;
  /** Whether the server left out some of what came since the list was paused: then only it can count them. */
  readonly isWaitingSampled: boolean;
}

/** Beyond this many the deliveries that came during a pause are not told apart any more, so that memory stays bounded. */
export const waitingCountMax = 100_000;

export interface DeliveryFeedOptions<Delivery> {
  readonly capacity: number;
  readonly flushIntervalMs: number;
  /** Which deliveries the list shows; the others are only remembered as seen. */
  readonly matches: (delivery: Delivery) => boolean;
}

/**
 * The newest deliveries, kept outside React: a burst of updates costs one render per `flushIntervalMs`.
 * Each delivery is there once, in its latest known state, in whatever order updates arrive.
 */
export class DeliveryFeed<Delivery extends FeedDelivery> {
  readonly #options: DeliveryFeedOptions<Delivery>;
  readonly #shown = new Map<string, Delivery>();
  readonly #updatedAt = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  #skipped = 0;
  /** Deliveries created before this are further down than what was loaded; showing one would hide a gap above it. */
  #shownSince: string | null = null;
  #flushTimer: ReturnType<typeof setTimeout> | undefined;
  /** While paused: the rows that are shown, in their order, each in its latest state; null while the list moves. */
  #held: Map<string, Delivery> | null = null;
  #heldSkipped = 0;
  readonly #waiting = new Set<string>();
  #isWaitingSampled = false;
  /** As the server counted them. */
  #countedWaiting = 0;
  #snapshot: FeedSnapshot<Delivery> = {
    deliveries: [],
    skipped: 0,
    isPaused: false,
    waitingCount: 0,
    isWaitingSampled: false,
  };

  constructor(options: DeliveryFeedOptions<Delivery>) {
    this.#options = options;
  }

  /** Takes a page of the newest deliveries; what arrived live in the meantime stays. */
  load(page: { readonly deliveries: readonly Delivery[]; readonly hasMore: boolean }): void {
    const oldest = page.deliveries.at(-1);
    this.#shownSince = page.hasMore && oldest !== undefined ? oldest.createdAt : null;
    // Between the page and what lies below it may be deliveries that were left out.
    if (this.#skipped > 0) this.#dropOutOfRange();
    this.#skipped = 0;
    this.#isWaitingSampled ||= this.#held !== null && page.hasMore;
    for (const delivery of page.deliveries) this.#take(delivery);
    this.#flush();
  }

  apply(update: FeedUpdate<Delivery>): void {
    this.#skipped += update.skipped;
    this.#isWaitingSampled ||= this.#held !== null && update.skipped > 0;
    for (const delivery of update.deliveries) this.#take(delivery);
    // A hidden tab's timers run rarely, so memory must not depend on them.
    if (this.#shown.size > 2 * this.#options.capacity) this.#newest();
    this.#flushTimer ??= setTimeout(() => this.#flush(), this.#options.flushIntervalMs);
  }

  /** Holds the list still: no row comes, goes or moves until `resume`. What the rows show stays current. */
  pause(): void {
    this.#flush();
    this.#held = new Map(this.#snapshot.deliveries.map((delivery) => [delivery.id, delivery]));
    this.#heldSkipped = this.#skipped;
    this.#flush();
  }

  resume(): void {
    this.#held = null;
    this.#waiting.clear();
    this.#isWaitingSampled = false;
    this.#countedWaiting = 0;
    this.#flush();
  }

  /** The latest delivery of the held list; null when it is empty, or not held. Those that wait are newer. */
  newestHeldId(): string | null {
    return [...(this.#held?.keys() ?? [])].reduce<string | null>(
      (newest, id) => (newest !== null && newest > id ? newest : id),
      null,
    );
  }

  /** Takes how many wait from the server, which knows also those that it left out. */
  countWaiting(count: number): void {
    if (this.#held === null) return;
    this.#countedWaiting = count;
    this.#flush();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  getSnapshot = (): FeedSnapshot<Delivery> => this.#snapshot;

  /** Changes whenever the delivery does, also when the list does not show it; null before it was seen. */
  updatedAtOf(id: string): string | null {
    return this.#updatedAt.get(id) ?? null;
  }

  #take(delivery: Delivery): void {
    const known = this.#updatedAt.get(delivery.id);
    if (known !== undefined && Date.parse(known) > Date.parse(delivery.updatedAt)) return;
    this.#remember(delivery);
    if (this.#held?.has(delivery.id)) this.#held.set(delivery.id, delivery);
    else if (this.#held !== null) this.#await(delivery);
    if (!this.#options.matches(delivery)) this.#shown.delete(delivery.id);
    else if (this.#shown.has(delivery.id) || this.#isInRange(delivery)) this.#shown.set(delivery.id, delivery);
  }

  #await(delivery: Delivery): void {
    if (!this.#options.matches(delivery)) this.#waiting.delete(delivery.id);
    else if (this.#isInRange(delivery) && this.#waiting.size < waitingCountMax) this.#waiting.add(delivery.id);
  }

  #remember({ id, updatedAt }: Delivery): void {
    this.#updatedAt.delete(id);
    this.#updatedAt.set(id, updatedAt);
    if (this.#updatedAt.size <= 4 * this.#options.capacity) return;
    for (const oldest of this.#updatedAt.keys()) {
      this.#updatedAt.delete(oldest);
      break;
    }
  }

  #isInRange(delivery: Delivery): boolean {
    return this.#shownSince === null || Date.parse(delivery.createdAt) >= Date.parse(this.#shownSince);
  }

  #dropOutOfRange(): void {
    for (const delivery of this.#shown.values()) {
      if (!this.#isInRange(delivery)) this.#shown.delete(delivery.id);
    }
  }

  #newest(): readonly Delivery[] {
    const sorted = [...this.#shown.values()].sort(newestFirst);
    for (const dropped of sorted.splice(this.#options.capacity)) {
      this.#shown.delete(dropped.id);
      this.#shownSince = sorted.at(-1)?.createdAt ?? null;
    }
    return sorted;
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    const newest = this.#newest();
    this.#snapshot = {
      deliveries: this.#held === null ? newest : [...this.#held.values()],
      skipped: this.#held === null ? this.#skipped : this.#heldSkipped,
      isPaused: this.#held !== null,
      waitingCount: Math.max(this.#waiting.size, this.#countedWaiting),
      isWaitingSampled: this.#isWaitingSampled,
    };
    for (const listener of this.#listeners) listener();
  }
}

function newestFirst(left: FeedDelivery, right: FeedDelivery): number {
  const byTime = Date.parse(right.createdAt) - Date.parse(left.createdAt);
  if (byTime !== 0) return byTime;
  return left.id < right.id ? 1 : -1;
}
