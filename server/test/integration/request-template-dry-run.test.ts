import { randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import { createApiKey } from "../support/create-api-key.ts";
import { anOrder, createOrganization, publish } from "../support/fixtures.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { organization, receiver, service, webhookTest as test, webhook } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";
import { updateWebhook } from "../support/webhook-actions.ts";

interface Result {
  readonly isSent: boolean;
  readonly filterClause: { readonly text: string } | null;
  readonly method: string | null;
  readonly url: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly problems: readonly { readonly place: string }[];
}
interface DryRun {
  readonly events: readonly {
    readonly event: { readonly id: string; readonly orderNumber: string };
    readonly before: Result;
    readonly after: Result;
    readonly isSame: boolean;
  }[];
  readonly isCut: boolean;
}

const RESULT = "isSent filterClause { text } method url headers body problems { place line }";
const DOCUMENT = `query ($input: RequestTemplateDryRunInput!) { requestTemplateDryRun(input: $input) {
  events { event { id eventType orderNumber createdAt } before { ${RESULT} } after { ${RESULT} } isSame } isCut } }`;

/** Off, so that nothing is sent while orders are published for it. */
test.override("webhookInput", { isActive: false, events: ["ORDER_CREATED"] });

async function dryRun(input: Record<string, unknown> = {}): Promise<DryRun> {
  const { requestTemplateDryRun } = await service.graphql<{ requestTemplateDryRun: DryRun }>(DOCUMENT, {
    input: { webhookConfigId: webhook.id, ...input },
  });
  return requestTemplateDryRun;
}

/** What the query is refused for. */
async function problemsOf(input: Record<string, unknown>, key = OPERATOR_KEY): Promise<readonly string[]> {
  const { errors } = await graphqlRequest(service, {
    query: DOCUMENT,
    variables: { input: { webhookConfigId: webhook.id, ...input } },
    key,
  });
  return errors.flatMap(({ extensions }) => {
    const { code, problems } = extensions as { code: string; problems?: { field: string | null }[] };
    return problems?.map(({ field }) => `${code} ${field}`) ?? [code];
  });
}

/** Publishes orders, oldest first; their totals count up from 1. */
async function publishOrders(count: number, overrides: Record<string, unknown> = {}): Promise<void> {
  for (let total = 1; total <= count; total += 1) {
    service.clock.advanceBy(1);
    await publish(service, organization, {
      order: anOrder({ orderNumber: `ORD-${total}`, totalAmount: total, ...overrides }),
    });
  }
}

test("the latest orders that the webhook subscribes to, newest first, before and after", async () => {
  await updateWebhook(service, webhook, { requestTemplate: { body: '"{{ data.total_amount }}"' } });
  await publishOrders(3);
  await publish(service, organization, { event: "ORDER_UPDATED" });
  const draft = { method: "PUT", path: "/{{ data.order_number }}", headers: { "X-A": "{{ event }}" }, body: "{}" };

  const { events, isCut } = await dryRun({ requestTemplate: draft, filter: "data.total_amount >= 2" });
  expect(events.map(({ event }) => event.orderNumber)).toEqual(["ORD-3", "ORD-2", "ORD-1"]);
  expect(isCut).toBe(false);
  expect(events[0]).toMatchObject({
    isSame: false,
    before: { isSent: true, method: "POST", url: receiver.url, headers: {}, body: "3", problems: [] },
    after: {
      isSent: true,
      method: "PUT",
      url: `${receiver.url}/ORD-3`,
      headers: { "X-A": "order.created" },
      body: "{}",
    },
  });
  expect(events[2]).toMatchObject({
    before: { isSent: true, filterClause: null },
    after: { isSent: false, filterClause: { text: "data.total_amount >= 2" } },
  });
});

test("without drafts, or with what is saved, nothing differs", async () => {
  const requestTemplate = { body: '"{{ data.total_amount }}"' };
  await updateWebhook(service, webhook, { requestTemplate, filter: "data.total_amount > 1" });
  await publishOrders(2);

  for (const input of [{}, { requestTemplate, filter: "data.total_amount > 1" }]) {
    expect((await dryRun(input)).events.map(({ isSame }) => isSame)).toEqual([true, true]);
  }
  expect((await dryRun({ filter: "" })).events.map(({ isSame }) => isSame)).toEqual([true, false]);
});

test("what a draft fails at is said for each order that it fails for", async () => {
  await publishOrders(2);
  const { events } = await dryRun({ requestTemplate: { body: '"{{ 1 / (data.total_amount - 2) }}"' } });

  expect(events.map(({ after }) => after)).toMatchObject([
    { isSent: false, method: null, url: null, headers: {}, body: null, problems: [{ place: "BODY" }] },
    { isSent: true, body: "-1", problems: [] },
  ]);
});

test("as many orders as are asked for, 20 unless it is said", async () => {
  await publishOrders(22);

  expect((await dryRun()).events).toHaveLength(20);
  expect((await dryRun({ first: 3 })).events).toHaveLength(3);
  expect((await dryRun({ first: 50 })).events).toHaveLength(22);
});

test("large orders are fewer", async () => {
  await publishOrders(6, { extra: { notes: "x".repeat(900_000) } });
  const { events, isCut } = await dryRun();

  expect(isCut).toBe(true);
  expect(events.map(({ event }) => event.orderNumber)).toEqual(["ORD-6", "ORD-5"]);
});

test("a dear draft makes nobody wait: what is asked meanwhile is answered first", { timeout: 30_000 }, async () => {
  const items = Array.from({ length: 400 }, () => ({ name: "x".repeat(50), quantity: 1, price: 1 }));
  await publishOrders(20, { items, totalAmount: 400 });
  const body = '"{{ data.items.map(a, data.items.map(b, a.name + b.name)) }}"';
  const answered: string[] = [];
  const tried = dryRun({ requestTemplate: { body } }).then((result) => {
    answered.push("dry run");
    return result;
  });
  await service.graphql("{ viewer { kind } }");
  answered.push("viewer");
  const { events } = await tried;

  expect(answered).toEqual(["viewer", "dry run"]);
  expect(events[0]?.after.problems).toEqual([expect.objectContaining({ place: "BODY" })]);
});

test("tests, other events and other restaurants' orders are none of them", async () => {
  await publish(service, await createOrganization(service));
  await service.graphql("mutation ($input: TestWebhookConfigInput!) { testWebhookConfig(input: $input) { success } }", {
    input: { id: webhook.id },
  });

  expect((await dryRun()).events).toEqual([]);
});

describe("is refused", () => {
  test.for<[string, Record<string, unknown>, string]>([
    ["too many", { first: 51 }, "first"],
    ["none", { first: 0 }, "first"],
    ["a draft that is too long", { filter: "x".repeat(8193) }, "filter"],
    [
      "a draft that contradicts itself",
      { requestTemplate: { body: "1", fields: ["event"] } },
      "requestTemplate.fields",
    ],
  ])("%s", async ([, input, field]) => {
    expect(await problemsOf(input)).toEqual([`INVALID_INPUT ${field}`]);
  });

  test("to those who may not read, and for a webhook that is not theirs", async () => {
    const others = await createApiKey(service, await createOrganization(service), ["READ"]);
    const publishing = await createApiKey(service, organization, ["PUBLISH", "MANAGE"]);
    const missing = ["NOT_FOUND webhookConfigId"];

    expect(await problemsOf({}, publishing.key)).toEqual(["FORBIDDEN"]);
    expect(await problemsOf({}, others.key)).toEqual(missing);
    for (const webhookConfigId of [randomUUID(), "nonsense"]) {
      expect(await problemsOf({ webhookConfigId })).toEqual(missing);
    }
  });

  test("when one document asks for many", async () => {
    const aliases = Array.from(
      { length: 4 },
      (_, n) => `a${n}: requestTemplateDryRun(input: { webhookConfigId: "${webhook.id}" }) { isCut }`,
    );
    const { errors } = await graphqlRequest(service, { query: `{ ${aliases.join(" ")} }` });

    expect(errors[0]?.extensions).toMatchObject({ code: "DOCUMENT_LIMIT_EXCEEDED", limit: "cost" });
  });
});
