import { imitatedTokens } from "./imitations/imitated-tokens.ts";
import type { ImitatedRequest, ImitationAnswer } from "./imitations/imitation.ts";
import { IMITATIONS } from "./imitations/imitations.ts";
import { IMITATIONS_PATH } from "./receiver-url.ts";

/** What of a receiver decides its answers. */
export interface AnsweringReceiver {
  readonly status: number;
  readonly tokenLifetimeSeconds: number;
  /** Grows when all access tokens are revoked. */
  readonly tokenGeneration: number;
  /** By the imitation's id and the record's key. */
  readonly records: Map<string, string>;
}

export interface RequestToAnswer extends Omit<ImitatedRequest, "body"> {
  readonly body: Buffer;
}

export interface PreparedAnswer extends ImitationAnswer {
  /** The request's body as it may be shown. */
  readonly shownBody: string;
}

/** RFC 9110: these are answered without a body. */
const BODILESS: readonly number[] = [204, 205, 304];
const RECORDS_KEPT = 1000;
const IMITATED_PATH = new RegExp(`^${IMITATIONS_PATH}([\\w-]+)(/.*)$`);

/** The answer of a receiver, or of one of its imitations while its status is 200 to 299; null if the path leads to neither. */
export function answerRequest(
  receiver: AnsweringReceiver,
  request: RequestToAnswer,
  facts: {
    readonly token: string;
    readonly now: number;
    readonly isSignatureValid: boolean;
    readonly isFailing: boolean;
  },
): PreparedAnswer | null {
  const { token, now, isSignatureValid } = facts;
  const text = request.body.toString("utf8");
  const status = facts.isFailing ? 500 : receiver.status;
  const standard = {
    status,
    contentType: "application/json",
    body: BODILESS.includes(status)
      ? ""
      : JSON.stringify({ received: status < 300, signature_valid: isSignatureValid }),
  };
  if (request.path === "") return { ...standard, shownBody: text };
  const [, id = "", path = ""] = IMITATED_PATH.exec(request.path) ?? [];
  const imitation = IMITATIONS.get(id);
  if (imitation === undefined) return null;
  const imitated = { ...request, path, body: text };
  const shownBody = imitation.withoutCredentials?.(imitated) ?? text;
  if (status >= 300) return { ...standard, shownBody };
  const { records, tokenLifetimeSeconds: lifetimeSeconds, tokenGeneration: generation } = receiver;
  const tokens = imitatedTokens({ key: token, lifetimeSeconds, generation });
  const answer = imitation.answer(imitated, { tokens, records, now, isSignatureValid });
  for (const key of records.keys()) {
    if (records.size <= RECORDS_KEPT) break;
    records.delete(key);
  }
  return { ...answer, shownBody };
}
