import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createSecretBox, SecretUnreadableError } from "../../src/webhooks/secret-box.ts";

const key = randomBytes(32);
const box = createSecretBox(key);
const owner = { organizationId: randomUUID(), webhookConfigId: randomUUID() };

test("opens what it sealed, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(box.open(box.seal(text, owner), owner)).toBe(text);
    }),
  );
});

test("seals the same text differently every time, and never contains it", () => {
  const secret = randomBytes(32).toString("hex");
  const sealed = Array.from({ length: 50 }, () => box.seal(secret, owner));
  expect(new Set(sealed).size).toBe(50);
  for (const text of sealed) expect(text).not.toContain(secret);
});

test("a seal that was changed in any bit does not open", () => {
  const sealed = box.seal("a secret", owner);
  const [version, encoded = ""] = sealed.split(":");
  const bytes = Buffer.from(encoded, "base64");
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const tampered = Buffer.from(bytes);
    tampered.writeUInt8(tampered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(() => box.open(`${version}:${tampered.toString("base64")}`, owner)).toThrow(SecretUnreadableError);
  }
});

test.each(["", "v1:", "v2:AAAA", "v1:AAAA", "plain text", "v1:!!!", `v0:${"A".repeat(100)}`])(
  "what is no seal does not open: %j",
  (text) => {
    expect(() => box.open(text, owner)).toThrow(SecretUnreadableError);
  },
);

test("a seal does not open for another webhook, another organization or with another key", () => {
  const sealed = box.seal("a secret", owner);
  expect(() => box.open(sealed, { ...owner, webhookConfigId: randomUUID() })).toThrow(SecretUnreadableError);
  expect(() => box.open(sealed, { ...owner, organizationId: randomUUID() })).toThrow(SecretUnreadableError);
  expect(() => createSecretBox(randomBytes(32)).open(sealed, owner)).toThrow(SecretUnreadableError);
});
