/** Codes of attempts that failed on this side: no resolver, no descriptor, no port, no network. They say nothing about the receiver. */
const OWN_FAILURES: ReadonlySet<string> = new Set([
  "EAI_AGAIN",
  "DNS_TIMEOUT",
  "EMFILE",
  "ENFILE",
  "ENOBUFS",
  "ENOMEM",
  "EADDRNOTAVAIL",
  "ENETDOWN",
  "ENETUNREACH",
]);

/** Whether an attempt failed for a reason that is not the receiver's. */
export function isOwnFailure({ errorCode }: { readonly errorCode: string | null }): boolean {
  return errorCode !== null && OWN_FAILURES.has(errorCode);
}
