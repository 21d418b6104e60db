import { spawnSync } from "node:child_process";
import { createHmac, createSecretKey, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import fc from "fast-check";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { describe, expect, test } from "vitest";
import { type SignRequestInput, signRequest } from "../../src/dispatcher/sign.ts";

const SECRET = randomBytes(32).toString("hex");
const OLD_SECRET = randomBytes(32).toString("hex");
const now = (): number => Math.floor(Date.now() / 1000);

const keyOf = (secret: string) => ({ key: createSecretKey(Buffer.from(secret, "utf8")) });
const whsec = (secret: string): string => `whsec_${Buffer.from(secret, "utf8").toString("base64")}`;

function sign(input: Partial<SignRequestInput> = {}) {
  const request = {
    deliveryId: randomUUID(),
    eventType: "order.created",
    attemptNumber: 1,
    body: Buffer.from('{"event":"order.created"}'),
    timestampSeconds: now(),
    keys: [keyOf(SECRET)],
    customHeaders: [],
    templateHeaders: [],
    userAgent: "VERA-QR-Webhooks/1.0.0",
    ...input,
  };
  const { headers, loggedHeaders } = signRequest(request);
  const byName: Record<string, string> = {};
  for (let index = 0; index < headers.length; index += 2) byName[headers[index] ?? ""] = headers[index + 1] ?? "";
  return { request, headers: byName, loggedHeaders };
}

/** The Node receiver of the contract. */
function verifyLikeNodeReceiver(secret: string, body: Buffer, header: string): boolean {
  const expected = createHmac("sha256", secret).update(body).digest("hex");
  return timingSafeEqual(Buffer.from(header), Buffer.from(expected));
}

const jsonBody = fc
  .oneof(
    fc.json(),
    fc.string({ unit: "grapheme", maxLength: 2_000 }).map((text) => JSON.stringify({ text })),
  )
  .map((json) => Buffer.from(json, "utf8"));

test("every header of the contract is there, with its exact value", () => {
  const { request, headers } = sign({ attemptNumber: 3 });
  expect(headers).toEqual({
    "Content-Type": "application/json",
    "User-Agent": "VERA-QR-Webhooks/1.0.0",
    "Accept-Encoding": "identity",
    "X-Webhook-Signature": createHmac("sha256", SECRET).update(request.body).digest("hex"),
    "X-Webhook-Event": "order.created",
    "X-Webhook-Delivery": request.deliveryId,
    "X-Webhook-Attempt": "3",
    "webhook-id": request.deliveryId,
    "webhook-timestamp": String(request.timestampSeconds),
    "webhook-signature": expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
  });
});

test("the signature of a fixed request is a fixed value", () => {
  const { headers } = sign({
    deliveryId: "0191d1a0-0000-7000-8000-000000000001",
    timestampSeconds: 1_704_191_400,
    body: Buffer.from('{"name":"Ahmet Yılmaz"}', "utf8"),
    keys: [keyOf("0123456789abcdef".repeat(4))],
  });
  expect(headers["X-Webhook-Signature"]).toBe("66f83b9e42c6b1403c12a061a6a6db9ce2c8cc6180a52e74eb3fd61fcee7787c");
  expect(headers["webhook-signature"]).toBe("v1,cLb4OWjoP8jx/k4PXFE2iTgKmpMjtVMijGLseqBw184=");
});

describe("public verifiers accept every request", () => {
  test("on attempts 1 to 11, with any JSON body", () => {
    fc.assert(
      fc.property(jsonBody, fc.integer({ min: 1, max: 11 }), (body, attemptNumber) => {
        const { headers } = sign({ body, attemptNumber });
        new StandardWebhook(whsec(SECRET)).verify(body, headers);
        new SvixWebhook(whsec(SECRET)).verify(body, headers);
        expect(verifyLikeNodeReceiver(SECRET, body, headers["X-Webhook-Signature"] ?? "")).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("after a rotation, with the new secret and with the old one", () => {
    const { request, headers } = sign({ keys: [keyOf(SECRET), keyOf(OLD_SECRET)] });
    for (const secret of [SECRET, OLD_SECRET]) {
      new StandardWebhook(whsec(secret)).verify(request.body, headers);
      new SvixWebhook(whsec(secret)).verify(request.body, headers);
    }
    expect(verifyLikeNodeReceiver(SECRET, request.body, headers["X-Webhook-Signature"] ?? "")).toBe(true);
    expect(verifyLikeNodeReceiver(OLD_SECRET, request.body, headers["X-Webhook-Signature-Previous"] ?? "")).toBe(true);
  });

  test("but not one that was signed with another secret or whose body was changed", () => {
    const { request, headers } = sign();
    expect(() => new StandardWebhook(whsec(OLD_SECRET)).verify(request.body, headers)).toThrow();
    expect(() =>
      new StandardWebhook(whsec(SECRET)).verify(Buffer.concat([request.body, Buffer.from(" ")]), headers),
    ).toThrow();
  });

  test.skipIf(spawnSync("python3", ["--version"]).status !== 0)("in Python, with the contract's one line", () => {
    const vectors = fc.sample(jsonBody, 50).map((body) => ({
      body: body.toString("base64"),
      header: sign({ body }).headers["X-Webhook-Signature"],
    }));
    const program = [
      "import sys, json, hmac, hashlib, base64",
      "secret, vectors = sys.argv[1], json.load(sys.stdin)",
      "for v in vectors:",
      "    header, body = v['header'], base64.b64decode(v['body'])",
      "    assert hmac.compare_digest(header, hmac.new(secret.encode('utf-8'), body, hashlib.sha256).hexdigest())",
      "print(len(vectors))",
    ].join("\n");
    const { stdout, stderr } = spawnSync("python3", ["-c", program, SECRET], {
      input: JSON.stringify(vectors),
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout.trim()).toBe("50");
  });
});

test("retries carry the same body signature and a new timestamp", () => {
  const first = sign({ attemptNumber: 1 });
  const second = sign({ ...first.request, attemptNumber: 2, timestampSeconds: first.request.timestampSeconds + 60 });
  expect(second.headers["X-Webhook-Signature"]).toBe(first.headers["X-Webhook-Signature"]);
  expect(second.headers["webhook-id"]).toBe(first.headers["webhook-id"]);
  expect(second.headers["webhook-signature"]).not.toBe(first.headers["webhook-signature"]);
});

test("HMAC agrees with Node's for bodies and keys of every length", () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
  fc.assert(
    fc.property(bytes, fc.uint8Array({ minLength: 1, maxLength: 200 }), (body, keyBytes) => {
      const key = createSecretKey(keyBytes);
      const { headers, request } = sign({ body, keys: [{ key }] });
      expect(headers["X-Webhook-Signature"]).toBe(createHmac("sha256", key).update(body).digest("hex"));
      const signed = `${request.deliveryId}.${request.timestampSeconds}.`;
      expect(headers["webhook-signature"]).toBe(
        `v1,${createHmac("sha256", key).update(signed).update(body).digest("base64")}`,
      );
    }),
    { numRuns: 500 },
  );
  for (const length of [0, 63, 64, 65, 65_535, 65_536, 65_537, 1_048_576, 3_000_000]) {
    const body = Buffer.alloc(length, "x");
    expect(sign({ body }).headers["X-Webhook-Signature"]).toBe(createHmac("sha256", SECRET).update(body).digest("hex"));
  }
});

test("the log shows every header but no custom value", () => {
  const customHeaders = [
    ["X-API-Key", "top secret"],
    ["X-`odd'|name", "hidden"],
  ] as const;
  const { headers, loggedHeaders } = sign({
    customHeaders,
    userAgent: 'quo"ted',
    keys: [keyOf(SECRET), keyOf(OLD_SECRET)],
  });
  expect(headers["X-API-Key"]).toBe("top secret");
  expect(JSON.parse(loggedHeaders)).toEqual({ ...headers, "X-API-Key": "[redacted]", "X-`odd'|name": "[redacted]" });
});

test("what a template adds is sent and logged in clear, and takes no custom header's place", () => {
  const { headers, loggedHeaders } = sign({
    customHeaders: [["X-Api-Key", "top secret"]],
    templateHeaders: [
      ["X-Table", 'No. "12"'],
      ["x-api-key", "an impostor"],
    ],
  });
  expect(headers).toMatchObject({ "X-Api-Key": "top secret", "X-Table": 'No. "12"' });
  expect(JSON.parse(loggedHeaders)).toEqual({ ...headers, "X-Api-Key": "[redacted]" });
  expect(headers).not.toHaveProperty("x-api-key");
});

test("a request is never sent unsigned", () => {
  expect(() => sign({ keys: [] })).toThrow();
});
