const timeDigits = 12;

/** When a UUID of version 7 was made: what the order of lists, and so "since this one", goes by. */
export function timeOfId(id: string): string {
  return new Date(Number.parseInt(id.replaceAll("-", "").slice(0, timeDigits), 16)).toISOString();
}
