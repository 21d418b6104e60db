import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { signRequest } from "../../src/dispatcher/sign.ts";
import { checkSignatures, type KnownSecret } from "../../src/domain/check-signatures.ts";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const BODY = '{"event":"order.created","data":{"customer_name":"Ahmet Yılmaz","total_amount":179.90}}';

function secret(webhookConfigId: string, overrides: Partial<KnownSecret> = {}): KnownSecret {
  const key = createSecretKey(Buffer.from(randomBytes(32).toString("hex"), "utf8"));
  return { webhookConfigId, key, signsUntil: null, isExpected: true, ...overrides };
}

const present = secret("crm");
const previous = secret("crm", { signsUntil: NOW + 1000 });
const retired = secret("crm", { signsUntil: NOW });
const other = secret("kitchen", { isExpected: false });
const known = [present, previous, retired, other];

/** A request as the dispatcher sends it, with names in lower case as receivers get them. */
function sent(keys: readonly KnownSecret[] = [present], body = BODY, at = NOW): Record<string, string> {
  const { headers } = signRequest({
    deliveryId: "0192c3a0-0000-7000-8000-000000000000",
    eventType: "order.created",
    attemptNumber: 1,
    body: Buffer.from(body),
    timestampSeconds: Math.floor(at / 1000),
    keys,
    customHeaders: [],
    templateHeaders: [],
    userAgent: "VERA-QR-Webhooks/1.0.0",
  });
  return Object.fromEntries(
    Array.from({ length: headers.length / 2 }, (_, pair) => [
      headers[2 * pair]?.toLowerCase() ?? "",
      headers[2 * pair + 1] ?? "",
    ]),
  );
}

function verdicts(headers: Readonly<Record<string, string>>, body = BODY, secrets = known) {
  const [standard, legacy] = checkSignatures({ headers, body: Buffer.from(body) }, secrets, NOW);
  return [standard.verdict, legacy.verdict];
}

test("what is sent verifies, and is said to be of its webhook", () => {
  const findings = checkSignatures({ headers: sent(), body: Buffer.from(BODY) }, known, NOW);
  expect(findings).toEqual([
    { scheme: "standard_webhooks", verdict: "valid", webhookConfigId: "crm", missingHeaders: [] },
    { scheme: "x_webhook_signature", verdict: "valid", webhookConfigId: "crm", missingHeaders: [] },
  ]);
});

test("during a rotation the present secret counts first, the previous one until it stops", () => {
  expect(verdicts(sent([present, previous]))).toEqual(["valid", "valid"]);
  expect(verdicts(sent([previous]))).toEqual(["valid_by_previous_secret", "valid_by_previous_secret"]);
  expect(verdicts(sent([retired]))).toEqual(["retired_secret", "retired_secret"]);
});

test("the signature of another webhook's secret is said to be that", () => {
  const findings = checkSignatures({ headers: sent([other]), body: Buffer.from(BODY) }, known, NOW);
  expect(findings).toMatchObject([
    { verdict: "other_webhook", webhookConfigId: "kitchen" },
    { verdict: "other_webhook", webhookConfigId: "kitchen" },
  ]);
});

test("an unknown secret is a mismatch of nobody's", () => {
  const findings = checkSignatures({ headers: sent([secret("crm")]), body: Buffer.from(BODY) }, known, NOW);
  expect(findings).toMatchObject([
    { verdict: "mismatch", webhookConfigId: null },
    { verdict: "mismatch", webhookConfigId: null },
  ]);
});

test.for([
  [-300, "valid"],
  [-301, "timestamp_too_old"],
  [300, "valid"],
  [301, "timestamp_too_new"],
] as const)("a timestamp %d seconds from now is %s; the body's own signature has none", ([seconds, verdict]) => {
  expect(verdicts(sent([present], BODY, NOW + seconds * 1000))).toEqual([verdict, "valid"]);
});

test("a body that was indented, unescaped differently or padded is told from one that was changed", () => {
  const reordered = JSON.stringify({ data: {}, ...(JSON.parse(BODY) as object) });
  expect(verdicts(sent(), JSON.stringify(JSON.parse(BODY.replace("179.90", "179.9")), null, 2))).toEqual([
    "mismatch",
    "mismatch",
  ]);
  expect(verdicts(sent(), BODY.replaceAll(":", ": ").replaceAll(",", ",\n"))).toEqual([
    "body_rewritten",
    "body_rewritten",
  ]);
  const compact = JSON.stringify(JSON.parse(BODY));
  expect(verdicts(sent([present], compact), compact.replace("ı", "\\u0131"))).toEqual([
    "body_rewritten",
    "body_rewritten",
  ]);
  expect(verdicts(sent(), `${BODY}\n`)).toEqual(["body_padded", "body_padded"]);
  expect(verdicts(sent(), reordered)).toEqual(["mismatch", "mismatch"]);
  expect(verdicts(sent(), "")).toEqual(["mismatch", "mismatch"]);
});

test("another id or time is recognised by the body's own signature", () => {
  expect(verdicts({ ...sent(), "webhook-id": "another" })).toEqual(["id_or_timestamp_changed", "valid"]);
  expect(verdicts({ ...sent(), "webhook-timestamp": `${NOW / 1000 - 1}` })).toEqual([
    "id_or_timestamp_changed",
    "valid",
  ]);
  const { "x-webhook-signature": _, ...standardOnly } = sent();
  expect(verdicts({ ...standardOnly, "webhook-id": "another" })).toEqual(["mismatch", "absent"]);
});

test("headers that are missing are named, and none at all is no signature", () => {
  const { "webhook-id": _id, "webhook-timestamp": _timestamp, ...rest } = sent();
  const [standard] = checkSignatures({ headers: rest, body: Buffer.from(BODY) }, known, NOW);
  expect(standard).toMatchObject({
    verdict: "headers_missing",
    missingHeaders: ["webhook-id", "webhook-timestamp"],
  });
  expect(verdicts({ "content-type": "application/json" })).toEqual(["absent", "absent"]);
});

test.for([
  ["webhook-signature", "v1,AAAA"],
  ["webhook-signature", "v1a,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="],
  ["webhook-timestamp", "yesterday"],
  ["webhook-timestamp", "1.5"],
] as const)("%s: %s is not of the form that is sent", ([name, value]) => {
  expect(verdicts({ ...sent(), [name]: value })).toEqual(["malformed", "valid"]);
});

test.for(["", "0", "g".repeat(64), `${"a".repeat(64)}\n`, "A".repeat(64)])(
  "an X-Webhook-Signature of %j is not taken for one",
  (value) => {
    const [, legacy] = verdicts({ ...sent(), "x-webhook-signature": value });
    expect(legacy).toBe(value === "" ? "absent" : "malformed");
  },
);

test("one right signature among others is enough", () => {
  const right = sent()["webhook-signature"] ?? "";
  const wrong = sent([secret("crm")])["webhook-signature"] ?? "";
  expect(verdicts({ ...sent(), "webhook-signature": `${wrong} ${right}` })).toEqual(["valid", "valid"]);
});

test("whatever is pasted is judged, and nothing but what the secret signed is called valid", () => {
  const text = fc.string({ unit: "binary", maxLength: 80 });
  const names = ["webhook-id", "webhook-timestamp", "webhook-signature", "x-webhook-signature"] as const;
  fc.assert(
    fc.property(fc.constantFrom(...names), text, text, (name, value, body) => {
      fc.pre(sent()[name] !== value && body !== BODY);
      expect(verdicts({ ...sent(), [name]: value }, body)).not.toContain("valid");
    }),
  );
});

test("a large body is compared as it is with the webhook's own secrets alone", () => {
  const body = JSON.stringify({ text: "x".repeat(70_000) });
  expect(verdicts(sent([present], body), body)).toEqual(["valid", "valid"]);
  expect(verdicts(sent([other], body), body)).toEqual(["mismatch", "mismatch"]);
  expect(verdicts(sent([present], body), `${body}\n`)).toEqual(["mismatch", "mismatch"]);
});
