import type { HealthState } from "../../graphql/generated/graphql.ts";

export type WebhookState = HealthState | "OFF";

/** In one word: a webhook that is off is neither healthy nor failing. */
export function webhookState(webhook: {
  readonly isActive: boolean;
  readonly health: { readonly state: HealthState };
}): WebhookState {
  return webhook.isActive ? webhook.health.state : "OFF";
}
