import type { AttemptTrigger } from "@vera-qr/prisma/enums";

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
  /** The exact request body; shared between the deliveries of an event. */
  readonly body: Buffer;
  /** The lease that the row carries; a result is recorded only while it still does. */
  readonly leaseId: string;
  /** The replay that this attempt is a part of; null for what is owed anyway, which goes first. */
  readonly replayId: string | null;
}
