const storageKey = "vera-qr-organization";

/** The organization whose pages were open last in this browser; null before the first. */
export function lastOrganizationId(storage: Storage = localStorage): string | null {
  return storage.getItem(storageKey);
}

export function rememberOrganization(id: string, storage: Storage = localStorage): void {
  storage.setItem(storageKey, id);
}
