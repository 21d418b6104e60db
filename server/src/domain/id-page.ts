/** How a list by time of creation is read. */
export type CreationOrder = "newestFirst" | "oldestFirst";

/** A part of a list of ids. */
export interface IdPage {
  readonly order: CreationOrder;
  /** Begins after this id; null: at the list's beginning. The id itself need not exist. */
  readonly after: string | null;
  readonly limit: number;
}
