import type { AttemptTrigger } from "@vera-qr/prisma/enums";
import type { RequestMethod } from "./send.ts";

/** An open delivery that this process holds the lease of, with everything needed to send it. */
export interface HeldDelivery {
  readonly id: string;
  readonly organizationId: string;
  readonly webhookConfigId: string;
  readonly eventId: string;
  readonly eventType: string;
  /** Attempts recorded so far: the next one has this number plus one. */
  readonly attemptsMade: number;
  readonly trigger: AttemptTrigger;
  /** The exact request body; shared between those deliveries of an event that send its payload as it is. */
  readonly body: Buffer;
  /** How the body is sent, where the webhook's template has made it; null: by POST to the webhook's URL. */
  readonly request: CustomRequest | null;
  /** The lease that the row carries; a result is recorded only while it still does. */
  readonly leaseId: string;
  /** The replay that this attempt is a part of; null for what is owed anyway, which goes first. */
  readonly replayId: string | null;
}

/** What a webhook's template says of a request beside its body: rendered once, the same on every attempt. */
export interface CustomRequest {
  readonly method: RequestMethod;
  /** Appended to the webhook's URL, percent-encoded; null if nothing is. */
  readonly path: string | null;
  /** Names and values. */
  readonly headers: readonly (readonly [string, string])[];
}
