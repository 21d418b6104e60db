/** How far a watcher has been told: a point in time (epoch milliseconds), opaque to it. */
export function writeCursor(at: number): string {
  return at.toString(36);
}

/** An unreadable cursor means "nothing known": the newest changes are sent. */
export function readCursor(cursor: string): number {
  return /^[0-9a-z]{8,9}$/.test(cursor) ? Number.parseInt(cursor, 36) : 0;
}
