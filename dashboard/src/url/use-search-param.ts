import { useCallback, useSyncExternalStore } from "react";

const changed = "vera-qr:search-changed";

/** One parameter of the page's address; `null` means absent. Setting it adds no history entry, so "back" leaves the page. */
export function useSearchParam(name: string): [value: string | null, setValue: (value: string | null) => void] {
  const value = useSyncExternalStore(subscribe, () => new URLSearchParams(window.location.search).get(name));
  const setValue = useCallback((next: string | null) => setSearchParams({ [name]: next }), [name]);
  return [value, setValue];
}

export function setSearchParams(values: Readonly<Record<string, string | null>>): void {
  const url = new URL(window.location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  window.history.replaceState(window.history.state, "", url);
  window.dispatchEvent(new Event(changed));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(changed, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(changed, listener);
  };
}
