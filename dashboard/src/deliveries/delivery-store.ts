import type { FeedUpdate } from "../feed/delivery-feed.ts";
import type { DeliveryRow } from "../feed/delivery-row-fragment.ts";

/** Where a list keeps its deliveries outside React, for what shows or changes one of them. */
export interface DeliveryStore {
  readonly subscribe: (listener: () => void) => () => void;
  /** Changes whenever the delivery does; null before it was seen. */
  updatedAtOf(id: string): string | null;
  apply(update: FeedUpdate<DeliveryRow>): void;
}
