import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import { compactJson } from "./compact-json.ts";
import { PREVIOUS_SIGNATURE, SIGNATURE, WEBHOOK_ID, WEBHOOK_SIGNATURE, WEBHOOK_TIMESTAMP } from "./event-headers.ts";
import type { SignatureVerdict } from "./signature-verdict.ts";

/** The two signatures that every request carries: the Standard Webhooks headers, and the one of the body alone. */
export const SIGNATURE_SCHEMES = ["standard_webhooks", "x_webhook_signature"] as const;
export type SignatureScheme = (typeof SIGNATURE_SCHEMES)[number];

export interface SignedMessage {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A secret that the signature may be made with. */
export interface KnownSecret {
  readonly webhookConfigId: string;
  readonly key: KeyObject;
  /** When it stops or stopped signing, in epoch milliseconds; null for the present one. */
  readonly signsUntil: number | null;
  /** False for the secret of a webhook that the request is not said to be for. */
  readonly isExpected: boolean;
}

export interface SignatureFinding {
  readonly scheme: SignatureScheme;
  readonly verdict: SignatureVerdict;
  /** Whose secret made it; null when none is known to. */
  readonly webhookConfigId: string | null;
  /** As they are sent; empty unless the verdict is `headers_missing`. */
  readonly missingHeaders: readonly string[];
}

/** As the Standard Webhooks libraries have it. */
const TOLERANCE_SECONDS = 300;
/** Larger bodies are checked as they are, with the expected secrets alone: every further guess costs a hash of the whole body. */
const SEARCHED_BYTES_MAX = 64 * 1024;
/** A rotation makes two; more are not even looked at. */
const SIGNATURES_MAX = 5;

/**
 * Judges both signatures of a request, as a receiver that has the secrets would, and looks for the reason of a wrong one: in the time,
 * the body, the id and the other secrets. Secrets are tried in their order. Compares in constant time.
 */
export function checkSignatures(
  message: SignedMessage,
  secrets: readonly KnownSecret[],
  now: number,
): readonly [standard: SignatureFinding, legacy: SignatureFinding] {
  const isSearched = message.body.length <= SEARCHED_BYTES_MAX;
  const tried = isSearched ? secrets : secrets.filter(({ isExpected }) => isExpected);
  const judge = (claims: readonly Buffer[], prefix: string): Match => {
    const isMadeOf =
      (body: Buffer) =>
      ({ key }: KnownSecret) => {
        const expected = createHmac("sha256", key).update(prefix).update(body).digest();
        return claims.some((claim) => timingSafeEqual(claim, expected));
      };
    const maker = tried.find(isMadeOf(message.body));
    if (maker !== undefined) return { verdict: standing(maker, now), maker };
    for (const [verdict, body] of isSearched ? earlierForms(message.body) : []) {
      const found = tried.filter(({ isExpected }) => isExpected).find(isMadeOf(body));
      if (found !== undefined) return { verdict, maker: found };
    }
    return { verdict: "mismatch", maker: null };
  };
  const legacy = judgeLegacy(message, judge);
  return [judgeStandard(message, judge, legacy, now), legacy];
}

interface Match {
  readonly verdict: SignatureVerdict;
  readonly maker: KnownSecret | null;
}
type Judge = (claims: readonly Buffer[], prefix: string) => Match;

function judgeStandard(
  { headers }: SignedMessage,
  judge: Judge,
  legacy: SignatureFinding,
  now: number,
): SignatureFinding {
  const scheme = "standard_webhooks";
  const names = [WEBHOOK_ID, WEBHOOK_TIMESTAMP, WEBHOOK_SIGNATURE];
  const missingHeaders = names.filter((name) => !headers[name]);
  if (missingHeaders.length === names.length) return finding(scheme, "absent");
  if (missingHeaders.length > 0) return { ...finding(scheme, "headers_missing"), missingHeaders };
  const { [WEBHOOK_ID]: id, [WEBHOOK_TIMESTAMP]: timestamp = "", [WEBHOOK_SIGNATURE]: signatures = "" } = headers;
  const claims = standardClaims(signatures);
  if (claims.length === 0 || !/^\d{1,12}$/.test(timestamp)) return finding(scheme, "malformed");
  const { verdict, maker } = judge(claims, `${id}.${timestamp}.`);
  if (verdict === "mismatch" && PROVEN.has(legacy.verdict)) {
    return { ...finding(scheme, "id_or_timestamp_changed"), webhookConfigId: legacy.webhookConfigId };
  }
  const ageSeconds = now / 1000 - Number(timestamp);
  const isTimely = Math.abs(ageSeconds) <= TOLERANCE_SECONDS;
  const isRight = verdict === "valid" || verdict === "valid_by_previous_secret";
  if (!isRight || isTimely) return finding(scheme, verdict, maker);
  return finding(scheme, ageSeconds > 0 ? "timestamp_too_old" : "timestamp_too_new", maker);
}

function judgeLegacy({ headers }: SignedMessage, judge: Judge): SignatureFinding {
  const scheme = "x_webhook_signature";
  const signatures = [SIGNATURE, PREVIOUS_SIGNATURE].flatMap((name) => headers[name.toLowerCase()] || []);
  if (signatures.length === 0) return finding(scheme, "absent");
  const claims = signatures.filter((text) => HEX.test(text)).map((text) => Buffer.from(text, "hex"));
  if (claims.length === 0) return finding(scheme, "malformed");
  const { verdict, maker } = judge(claims, "");
  return finding(scheme, verdict, maker);
}

/** Verdicts by which the body, byte for byte, was signed with a secret that is known. */
const PROVEN: ReadonlySet<SignatureVerdict> = new Set([
  "valid",
  "valid_by_previous_secret",
  "retired_secret",
  "other_webhook",
]);

function finding(
  scheme: SignatureScheme,
  verdict: SignatureVerdict,
  maker: KnownSecret | null = null,
): SignatureFinding {
  return { scheme, verdict, webhookConfigId: maker?.webhookConfigId ?? null, missingHeaders: [] };
}

function standing({ signsUntil, isExpected }: KnownSecret, now: number): SignatureVerdict {
  if (!isExpected) return "other_webhook";
  if (signsUntil === null) return "valid";
  return signsUntil > now ? "valid_by_previous_secret" : "retired_secret";
}

/** Lower case, as it is sent and as receivers compare it. */
const HEX = /^[0-9a-f]{64}$/;
/** 32 bytes. */
const VERSION_1 = /^v1,([A-Za-z0-9+/]{43}=)$/;

function standardClaims(signatures: string): readonly Buffer[] {
  return signatures
    .split(" ")
    .flatMap((text) => VERSION_1.exec(text)?.[1] ?? [])
    .slice(0, SIGNATURES_MAX)
    .map((encoded) => Buffer.from(encoded, "base64"));
}

/** What the body may have been before something rewrote it, with the verdict if it was. */
function earlierForms(body: Buffer): readonly (readonly [SignatureVerdict, Buffer])[] {
  const text = body.toString("utf8");
  const forms: readonly (readonly [SignatureVerdict, string | null])[] = [
    ["body_padded", text.trim()],
    ["body_rewritten", compactJson(text)],
    ["body_rewritten", reserialized(text)],
  ];
  return forms.flatMap(([verdict, form]) => (form === null || form === text ? [] : [[verdict, Buffer.from(form)]]));
}

/** Also undoes escapes such as `\u0131`, which many libraries write for letters beyond ASCII. */
function reserialized(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return null;
  }
}
