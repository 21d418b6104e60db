/** A path of this site, from text that anybody may have written into a link; null for everything else. */
export function pathWithinSite(text: string | undefined, origin: string = window.location.origin): string | null {
  if (text?.startsWith("/") !== true) return null;
  const url = URL.parse(text, origin);
  return url?.origin === origin ? url.pathname + url.search + url.hash : null;
}
