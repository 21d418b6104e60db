/** Path and query of a request: those of the webhook's URL, with what its template appends (percent-encoded; null: nothing). */
export function requestTarget({ pathname, search }: URL, path: string | null): string {
  if (path === null) return pathname + search;
  const base = pathname.endsWith("/") && path.startsWith("/") ? pathname.slice(0, -1) : pathname;
  return base + path;
}
