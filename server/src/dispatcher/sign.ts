import { hash, type KeyObject } from "node:crypto";
import {
  ACCEPT_ENCODING,
  ATTEMPT,
  CONTENT_TYPE,
  DELIVERY,
  EVENT,
  PREVIOUS_SIGNATURE,
  SIGNATURE,
  USER_AGENT,
  WEBHOOK_ID,
  WEBHOOK_SIGNATURE,
  WEBHOOK_TIMESTAMP,
} from "../domain/event-headers.ts";

export interface SigningKey {
  /** A secret key of the UTF-8 bytes of `secret_key` (64 hex characters). */
  readonly key: KeyObject;
}

export interface SignRequestInput {
  /** UUID. */
  readonly deliveryId: string;
  readonly eventType: string;
  /** 1-based. */
  readonly attemptNumber: number;
  readonly body: Buffer;
  /** Seconds since the Unix epoch. */
  readonly timestampSeconds: number;
  /** Newest first; a second one only during a rotation's overlap. */
  readonly keys: readonly SigningKey[];
  readonly customHeaders: readonly (readonly [string, string])[];
  /** What the webhook's template adds, logged in clear. A custom header of the same name goes before it. */
  readonly templateHeaders: readonly (readonly [string, string])[];
  readonly userAgent: string;
}

export interface SignedRequest {
  /** Names and values in turn, as sent. */
  readonly headers: string[];
  /** The same as a JSON object, with the values of custom headers redacted. */
  readonly loggedHeaders: string;
}

/** Writes the headers of one attempt. */
export function signRequest(input: SignRequestInput): SignedRequest {
  const { deliveryId, eventType, body, keys, customHeaders, userAgent } = input;
  const attempt = String(input.attemptNumber);
  const timestamp = String(input.timestampSeconds);
  const [newest, previous] = keys;
  if (newest === undefined) throw new Error("A request cannot be sent unsigned.");

  placeBody(body);
  const signedPrefix = `${deliveryId}.${timestamp}.`;
  const signature = hmac(newest.key, "", body, "hex");
  const previousSignature = previous === undefined ? null : hmac(previous.key, "", body, "hex");
  let standardSignature = `v1,${hmac(newest.key, signedPrefix, body, "base64")}`;
  if (previous !== undefined) standardSignature += ` v1,${hmac(previous.key, signedPrefix, body, "base64")}`;

  const headers = [
    CONTENT_TYPE,
    "application/json",
    USER_AGENT,
    userAgent,
    ACCEPT_ENCODING,
    "identity",
    EVENT,
    eventType,
    DELIVERY,
    deliveryId,
    ATTEMPT,
    attempt,
    SIGNATURE,
    signature,
    WEBHOOK_ID,
    deliveryId,
    WEBHOOK_TIMESTAMP,
    timestamp,
    WEBHOOK_SIGNATURE,
    standardSignature,
  ];
  // By hand, because only the user agent could need escaping: the rest are our own names, hex, base64, UUIDs and numbers.
  let logged =
    `{"${CONTENT_TYPE}":"application/json","${USER_AGENT}":${JSON.stringify(userAgent)},"${ACCEPT_ENCODING}":"identity",` +
    `"${EVENT}":"${eventType}","${DELIVERY}":"${deliveryId}","${ATTEMPT}":"${attempt}","${SIGNATURE}":"${signature}",` +
    `"${WEBHOOK_ID}":"${deliveryId}","${WEBHOOK_TIMESTAMP}":"${timestamp}","${WEBHOOK_SIGNATURE}":"${standardSignature}"`;
  if (previousSignature !== null) {
    headers.push(PREVIOUS_SIGNATURE, previousSignature);
    logged += `,"${PREVIOUS_SIGNATURE}":"${previousSignature}"`;
  }
  for (const [name, value] of customHeaders) {
    headers.push(name, value);
    logged += `,${JSON.stringify(name)}:"[redacted]"`;
  }
  for (const [name, value] of input.templateHeaders) {
    if (hasHeader(customHeaders, name)) continue;
    headers.push(name, value);
    logged += `,${JSON.stringify(name)}:${JSON.stringify(value)}`;
  }
  return { headers, loggedHeaders: `${logged}}` };
}

function hasHeader(headers: SignRequestInput["customHeaders"], name: string): boolean {
  const lowerName = name.toLowerCase();
  return headers.some(([other]) => other.toLowerCase() === lowerName);
}

// HMAC-SHA256 (RFC 2104) from one-shot hashes: about 40 % cheaper per request than `createHmac`, which builds two
// objects per signature. The message lies in one buffer, `…ipad | prefix | body`, so the body is copied once for all signatures.
const BLOCK_BYTES = 64;
const PREFIX_BYTES_MAX = 192;
const BODY_OFFSET = BLOCK_BYTES + PREFIX_BYTES_MAX;
let message = Buffer.allocUnsafeSlow(BODY_OFFSET + 65_536);
const outerMessage = Buffer.alloc(BLOCK_BYTES + 32);

interface Pads {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}
const padsByKey = new WeakMap<KeyObject, Pads>();

function placeBody(body: Buffer): void {
  if (BODY_OFFSET + body.length > message.length) message = Buffer.allocUnsafeSlow(BODY_OFFSET + 2 * body.length);
  body.copy(message, BODY_OFFSET);
}

/** HMAC-SHA256 of `prefix` and the body placed last. */
function hmac(key: KeyObject, prefix: string, body: Buffer, encoding: "hex" | "base64"): string {
  const pads = padsByKey.get(key) ?? padsOf(key);
  const prefixStart = BODY_OFFSET - prefix.length;
  if (prefix.length > PREFIX_BYTES_MAX) throw new RangeError("The delivery's id is too long to be signed.");
  if (prefix.length > 0) message.write(prefix, prefixStart, "latin1");
  const start = prefixStart - BLOCK_BYTES;
  message.set(pads.inner, start);
  const digest = hash("sha256", message.subarray(start, BODY_OFFSET + body.length), "latin1");
  outerMessage.set(pads.outer, 0);
  outerMessage.write(digest, BLOCK_BYTES, "latin1");
  return hash("sha256", outerMessage, encoding);
}

function padsOf(key: KeyObject): Pads {
  const bytes = key.export();
  const block = Buffer.alloc(BLOCK_BYTES);
  if (bytes.length > BLOCK_BYTES) block.write(hash("sha256", bytes, "hex"), "hex");
  else bytes.copy(block);
  const pads = { inner: block.map((byte) => byte ^ 0x36), outer: block.map((byte) => byte ^ 0x5c) };
  padsByKey.set(key, pads);
  return pads;
}
