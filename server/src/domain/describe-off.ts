/** Why the service itself switches a webhook off, and how that reads. */
const DESCRIPTIONS = {
  gone: "its receiver answered that it is gone (410).",
  failing: "all its attempts had failed for a day.",
} as const;

export type ServiceReason = keyof typeof DESCRIPTIONS;
export const SERVICE_REASONS: readonly string[] = Object.keys(DESCRIPTIONS);

/** Why a webhook is off, in words. The reason is the service's own, a person's words, or null when nobody gave one. */
export function describeOff(disabledReason: string | null): string {
  if (disabledReason === null) return "The webhook is switched off.";
  return `The webhook is switched off: ${DESCRIPTIONS[disabledReason as ServiceReason] ?? disabledReason}`;
}
