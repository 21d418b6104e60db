import { describe, expect } from "vitest";
import { type Actor, apiKeyActor, SYSTEM, userActor } from "../../src/access/actor.ts";
import { createApiKey } from "../support/create-api-key.ts";
import { createOrganization, createWebhook, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { service, serviceTest as test } from "../support/test.ts";

/** Every model that an organization owns, as the client names it. */
const MODELS = [
  "organization",
  "webhookConfig",
  "requestTemplateRevision",
  "orderEvent",
  "delivery",
  "deliveryRequest",
  "deliveryAttempt",
  "apiKey",
  "auditLogEntry",
  "oauthToken",
] as const;

let receiver: Receiver;
const ids: string[] = [];
test.beforeAll(async () => {
  receiver = await startReceiver();
  for (const name of ["A", "B"]) {
    const organization = await createOrganization(service, name);
    await createWebhook(service, organization, receiver.url, { requestTemplate: { fields: ["data.id"] } });
    const { id } = await createWebhook(service, organization, receiver.url);
    await service.sql("INSERT INTO oauth_tokens (webhook_config_id, organization_id) VALUES ($1, $2)", [
      id,
      organization.id,
    ]);
    await createApiKey(service, organization, ["READ"]);
    await publish(service, organization);
    await eventually(
      () => deliveriesOf(service, organization),
      ([delivery]) => delivery?.status === "SUCCESS",
    );
    ids.push(organization.id);
  }
});
test.afterAll(async () => {
  await receiver.close();
});

interface Reader {
  findMany(args: object): Promise<Record<string, unknown>[]>;
  findFirst(args: object): Promise<Record<string, unknown> | null>;
  count(args: object): Promise<number>;
}

/** Organizations of all rows that the actor finds. */
async function ownersSeen(actor: Actor, model: (typeof MODELS)[number], where: object = {}): Promise<string[]> {
  const reader = service.services.prismaFor(actor)[model] as unknown as Reader;
  const rows = await reader.findMany({ where });
  expect(await reader.count({ where })).toBe(rows.length);
  const owner = model === "organization" ? "id" : "organizationId";
  return [...new Set(rows.map((row) => String(row[owner])))].toSorted();
}

const keyOf = (organizationId: string): Actor =>
  apiKeyActor({ id: "k", name: "Key", organizationId, scopes: ["publish", "read", "manage"] });

describe("what a confined client finds, asked for everything", () => {
  test.for(MODELS)("%s: only rows of the actor's organizations", async (model) => {
    const [a = "", b = ""] = ids;
    const memberships = [{ organizationId: b, role: "viewer" as const }];
    const viewer = userActor({ id: "u", name: "Ayşe", isOperator: false, memberships });
    expect(await ownersSeen(keyOf(a), model)).toEqual([a]);
    expect(await ownersSeen(viewer, model)).toEqual([b]);
    expect(await ownersSeen(SYSTEM, model)).toEqual(expect.arrayContaining([a, b]));
    expect(await ownersSeen(userActor({ id: "u", name: "Nobody", isOperator: false, memberships: [] }), model)).toEqual(
      [],
    );
  });

  test.for(MODELS)("%s: asking for another organization by name finds nothing", async (model) => {
    const [a = "", b = ""] = ids;
    const owner = model === "organization" ? "id" : "organizationId";
    expect(await ownersSeen(keyOf(a), model, { OR: [{ [owner]: b }], AND: { [owner]: b } })).toEqual([]);
  });

  test("by an id: another organization's row is not there", async () => {
    const [a = "", b = ""] = ids;
    const theirs = await service.services.prismaFor(keyOf(b)).delivery.findFirstOrThrow();
    const where = { id: theirs.id };
    expect(await service.services.prismaFor(keyOf(b)).delivery.findUnique({ where })).toEqual(theirs);
    expect(await service.services.prismaFor(keyOf(a)).delivery.findUnique({ where })).toBeNull();
    await expect(service.services.prismaFor(keyOf(a)).delivery.findUniqueOrThrow({ where })).rejects.toThrow();
  });
});

describe("what it refuses", () => {
  test("to write, also for an operator", async () => {
    const prisma = service.services.prismaFor(SYSTEM);
    await expect(prisma.webhookConfig.deleteMany()).rejects.toThrow("not for readers");
    await expect(
      prisma.organization.create({ data: { id: ids[0] as string, name: "C", receiverToken: "c" } }),
    ).rejects.toThrow("not for readers");
    await expect(prisma.$queryRaw`SELECT 1`).rejects.toThrow("not for readers");
  });

  test("to read what no organization owns", async () => {
    await expect(service.services.prismaFor(SYSTEM).session.findMany()).rejects.toThrow("not for readers");
  });
});
