/** Path and query of a request: those of the webhook's URL, with what its template appends (begins with `/`, percent-encoded; null: nothing). */
export function requestTarget({ pathname, search }: URL, path: string | null): string {
  if (path === null) return pathname + search;
  return (pathname.endsWith("/") ? pathname.slice(0, -1) : pathname) + path;
}

/** Where a request goes, whole. */
export function requestUrl(url: URL, path: string | null): string {
  return path === null ? url.href : url.origin + requestTarget(url, path);
}
