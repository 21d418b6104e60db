import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anOrder, createOrganization, createWebhook, publish } from "../support/fixtures.ts";
import { guideBlocks } from "../support/guide-blocks.ts";
import { type GuideReceiver, missingFor, type SignedRequest, startGuideReceiver } from "../support/guide-receiver.ts";
import { startReceiver } from "../support/receiver.ts";
import { startTestService } from "../support/test-service.ts";
import { standardSecret } from "../support/verifiers.ts";
import { endSecretOverlap, rotateSecret } from "../support/webhook-actions.ts";

/** Requests as they were really delivered: before a rotation, during its overlap, and after. */
interface Delivered {
  readonly oldSecret: string;
  readonly newSecret: string;
  readonly before: SignedRequest;
  readonly during: SignedRequest;
  readonly after: SignedRequest;
}

let delivered: Delivered;
beforeAll(async () => {
  const service = await startTestService();
  const receiver = await startReceiver();
  const organization = await createOrganization(service);
  const webhook = await createWebhook(service, organization, receiver.url);
  const deliver = async (): Promise<SignedRequest> => {
    await publish(service, organization, {
      order: anOrder({ customerName: "Şükrü Ağaoğlu", customerNotes: "“acısız”, lütfen ₺ 🍕", extra: { tip: 0.1 } }),
    });
    return receiver.next();
  };
  const before = await deliver();
  const newSecret = await rotateSecret(service, webhook, 60);
  const during = await deliver();
  await endSecretOverlap(service, webhook);
  const after = await deliver();
  delivered = { oldSecret: webhook.secretKey, newSecret, before, during, after };
  await receiver.close();
  await service.stop();
});

const receivers: Promise<GuideReceiver>[] = [];
afterAll(async () => {
  for (const receiver of receivers) (await receiver).stop();
});

const isProgram = /^(receiver|command) (standard|legacy)$/;
const programs = guideBlocks("verify-signatures.md").filter(({ role }) => isProgram.test(role));

test("the guide has both ways for every language", () => {
  for (const language of ["js", "python", "php", "go", "csharp", "sh"]) {
    const roles = programs.filter((program) => program.language === language).map(({ role }) => role.split(" ")[1]);
    expect(roles).toEqual(expect.arrayContaining(["standard", "legacy"]));
  }
});

for (const program of programs) {
  const missing = missingFor(program);
  const name = `${program.language} ${program.role}, ${program.name}`;
  // A machine without the language says so; one that has it may not skip it.
  describe.skipIf(missing !== null)(missing === null ? name : `${name}: ${missing}`, { timeout: 120_000 }, () => {
    const started = new Map<string, Promise<GuideReceiver>>();
    async function withSecret(secret: string): Promise<GuideReceiver["accepts"]> {
      const receiver = started.get(secret) ?? startGuideReceiver(program, secret);
      if (!started.has(secret)) receivers.push(receiver);
      started.set(secret, receiver);
      return (await receiver).accepts;
    }
    const isStandard = program.role.endsWith("standard");

    test("takes real deliveries, with the secrets of their time and no other", async () => {
      const { oldSecret, newSecret, before, during, after } = delivered;
      const byOld = await withSecret(oldSecret);
      const byNew = await withSecret(newSecret);

      expect([await byOld(before), await byOld(during), await byOld(after)]).toEqual([true, true, false]);
      expect([await byNew(before), await byNew(during), await byNew(after)]).toEqual([false, true, true]);
    });

    test("refuses what was changed, and what is not signed", async () => {
      const { newSecret, after } = delivered;
      const accepts = await withSecret(newSecret);
      const { body, headers } = after;
      const changed = (names: Record<string, string>): SignedRequest => ({ body, headers: { ...headers, ...names } });
      const refused: Record<string, SignedRequest> = {
        body: { headers, body: Buffer.from(body.toString().replace("pending", "served!")) },
        space: { headers, body: Buffer.concat([body, Buffer.from(" ")]) },
        empty: changed({ "x-webhook-signature": "", "webhook-signature": "" }),
        foreign: changed({ "x-webhook-signature": "é".repeat(64), "webhook-signature": `v1,${"é".repeat(44)}` }),
        unsigned: { body, headers: { "content-type": "application/json" } },
        ...(isStandard && {
          id: changed({ "webhook-id": "another" }),
          time: changed({ "webhook-timestamp": String(Number(headers["webhook-timestamp"]) + 1) }),
          noTime: changed({ "webhook-timestamp": "" }),
          version: changed({ "webhook-signature": headers["webhook-signature"]?.replace("v1", "v2") ?? "" }),
        }),
      };

      expect(await accepts(after)).toBe(true);
      for (const [what, request] of Object.entries(refused)) expect(await accepts(request), what).toBe(false);
    });

    if (!isStandard) return;
    test("refuses a request that was recorded, however well it is signed", async () => {
      const { newSecret, after } = delivered;
      const accepts = await withSecret(newSecret);
      const signedAt = (secondsFromNow: number): SignedRequest => {
        const at = new Date(Date.now() + secondsFromNow * 1000);
        const id = after.headers["webhook-id"] ?? "";
        const signature = new Webhook(standardSecret(newSecret)).sign(id, at, after.body.toString());
        const timestamp = String(Math.floor(at.getTime() / 1000));
        return {
          body: after.body,
          headers: { ...after.headers, "webhook-timestamp": timestamp, "webhook-signature": signature },
        };
      };

      expect(await accepts(signedAt(-200))).toBe(true);
      expect(await accepts(signedAt(-400))).toBe(false);
      expect(await accepts(signedAt(400))).toBe(false);
    });
  });
}
