import { isReservedHeader } from "@vera-qr/templates";
import type { SignatureVerdict } from "../domain/signature-verdict.ts";

export interface ReceivedRequest {
  readonly id: string;
  readonly receivedAt: Date;
  readonly method: string;
  /** What follows the receiver's own URL, without a query: empty, or the path of an imitation. */
  readonly path: string;
  /** Names in lower case; values that may be secrets are redacted. */
  readonly headers: Readonly<Record<string, string>>;
  /** Credentials that an imitated API has in its bodies are redacted. */
  readonly body: string;
  /** Whether the Standard Webhooks signature verifies with the secret of one of the organization's webhooks. */
  readonly isSignatureValid: boolean;
  /** The same in more detail: if it does not verify, why. */
  readonly signatureVerdict: SignatureVerdict;
  /** The webhook whose secret verifies; null if none does. */
  readonly webhookConfigId: string | null;
  /** The delivery that a verified request says it is an attempt of; null otherwise. */
  readonly deliveryId: string | null;
  readonly respondedStatus: number;
  /** In the words of the imitated API; null for a request that is not signed: an answer to it may have a token. */
  readonly respondedBody: string | null;
  /** Null while the answer is held back, and if the sender did not wait for it. */
  readonly respondedAt: Date | null;
  /** Whether the sender left before it was answered. */
  readonly isAbandoned: boolean;
}

const REQUESTS_KEPT = 100;
/** Of all bodies of one receiver together; the newest is kept whatever its size. */
const BODY_BYTES_KEPT = 8 * 1024 * 1024;
/** What every sender may show. */
const ACCEPT = "accept";

/** Only headers that cannot be a webhook's custom ones are shown: the values of those are secret. */
export function withoutSecrets(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isReservedHeader(name) || name === ACCEPT ? value : "[redacted]",
    ]),
  );
}

/** The newest, as many as are kept. */
export function kept(requests: readonly ReceivedRequest[]): readonly ReceivedRequest[] {
  let bytes = 0;
  return requests.slice(0, REQUESTS_KEPT).filter(({ body }, index) => {
    bytes += body.length;
    return index === 0 || bytes <= BODY_BYTES_KEPT;
  });
}
