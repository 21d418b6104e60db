const storageKey = "vera-qr-api-key";

/** The API key of this browser tab, or null before sign-in. */
export function readApiKey(): string | null {
  return sessionStorage.getItem(storageKey);
}

export function storeApiKey(apiKey: string): void {
  sessionStorage.setItem(storageKey, apiKey);
}

export function forgetApiKey(): void {
  sessionStorage.removeItem(storageKey);
}
