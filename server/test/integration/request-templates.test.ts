import { describe, expect } from "vitest";
import { createApiKey } from "../support/create-api-key.ts";
import { organization, receiver, service, webhookTest as test, webhook } from "../support/test.ts";

interface Revision {
  readonly revision: number;
  readonly method: string;
  readonly path: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly fields: readonly string[] | null;
  readonly createdBy: string;
}
interface Refusal {
  readonly code: string;
  readonly field: string | null;
  readonly reason: string | null;
  readonly line: number | null;
  readonly column: number | null;
}
interface Settings {
  readonly filter: string | null;
  readonly successCondition: string | null;
  readonly requestTemplate: Revision | null;
}
interface Answer {
  readonly webhookConfig: ({ readonly id: string } & Settings) | null;
  readonly errors: readonly Refusal[];
}

const REVISION = "revision method path headers body fields createdBy";
const SELECTION = `webhookConfig { id filter successCondition requestTemplate { ${REVISION} } } errors { code field reason line column }`;
const BODY = '{"total": "{{ data.total_amount }}"}';

async function update(changes: Record<string, unknown>, key?: string): Promise<Answer> {
  service.clock.advanceBy(1);
  const { updateWebhookConfig } = await service.graphql<{ updateWebhookConfig: Answer }>(
    `mutation ($input: UpdateWebhookConfigInput!) { updateWebhookConfig(input: $input) { ${SELECTION} } }`,
    { input: { id: webhook.id, ...changes } },
    key,
  );
  return updateWebhookConfig;
}

async function create(settings: Record<string, unknown>): Promise<Answer> {
  const input = { organizationId: organization.id, name: "x", url: receiver.url, events: ["ORDER_CREATED"] };
  const { createWebhookConfig } = await service.graphql<{ createWebhookConfig: Answer }>(
    `mutation ($input: CreateWebhookConfigInput!) { createWebhookConfig(input: $input) { ${SELECTION} } }`,
    { input: { ...input, ...settings } },
  );
  return createWebhookConfig;
}

/** Newest first. */
async function revisions(id = webhook.id, page = ""): Promise<readonly Revision[]> {
  const { webhookConfig } = await service.graphql<{
    webhookConfig: { requestTemplateRevisions: { edges: { node: Revision }[] } };
  }>(
    `query ($id: ID!) { webhookConfig(id: $id) { requestTemplateRevisions${page} { edges { node { ${REVISION} } } } } }`,
    { id },
  );
  return webhookConfig.requestTemplateRevisions.edges.map(({ node }) => node);
}

const numbers = async (): Promise<readonly number[]> => (await revisions()).map(({ revision }) => revision);

async function latestAudit(id = webhook.id): Promise<Readonly<Record<string, unknown>>> {
  const [entry] = await service.sql<{ details: Record<string, unknown> }>(
    "SELECT details FROM audit_log WHERE target_id = $1 ORDER BY id DESC LIMIT 1",
    [id],
  );
  return entry?.details ?? {};
}

describe("a webhook with its own request, filter and success condition", () => {
  const settings = {
    filter: "data.total_amount > 100",
    successCondition: 'text == "ok"',
    requestTemplate: {
      method: "PUT",
      path: "/orders/{{ data.id }}",
      headers: { "X-Table": "{{ metadata.table_number }}" },
      body: BODY,
    },
  };

  test("is made with them, as revision 1, and its audit entry tells them without the template's texts", async () => {
    const { webhookConfig, errors } = await create(settings);

    expect(errors).toEqual([]);
    expect(webhookConfig).toMatchObject({
      filter: settings.filter,
      successCondition: settings.successCondition,
      requestTemplate: { revision: 1, fields: null, ...settings.requestTemplate },
    });
    const { filter, successCondition } = settings;
    const details = await latestAudit(webhookConfig?.id);
    expect(details).toMatchObject({ filter, successCondition, templateRevision: 1 });
    expect(JSON.stringify(details)).not.toContain("total_amount }}");
  });

  test("keeps what an update does not name or names as null, and loses what is empty", async () => {
    await update(settings);
    const kept = await update({ name: "Another", filter: null, successCondition: null, requestTemplate: null });
    expect(kept.webhookConfig).toMatchObject({ filter: settings.filter, requestTemplate: { revision: 1 } });

    const { webhookConfig, errors } = await update({ filter: "", successCondition: " \n", requestTemplate: {} });
    expect(errors).toEqual([]);
    expect(webhookConfig).toMatchObject({ filter: null, successCondition: null, requestTemplate: null });
    expect(await numbers()).toEqual([1]);
  });

  test("audits conditions with their texts before and after, templates with their revisions", async () => {
    await update(settings);
    expect(await latestAudit()).toEqual({
      changes: {
        filter: { from: null, to: settings.filter },
        successCondition: { from: null, to: settings.successCondition },
        templateRevision: { from: null, to: 1 },
      },
    });
    await update({ requestTemplate: { body: BODY }, filter: "true" });
    expect(await latestAudit()).toEqual({
      changes: { filter: { from: settings.filter, to: "true" }, templateRevision: { from: 1, to: 2 } },
    });
  });
});

describe("revisions", () => {
  test("count up with each change, newest first, and say who made them", async () => {
    const { key } = await createApiKey(service, organization, ["MANAGE"]);
    await update({ requestTemplate: { body: BODY } });
    await update({ requestTemplate: { fields: ["data.id"] } }, key);

    const [second, first] = await revisions();
    expect(first).toMatchObject({ revision: 1, method: "POST", path: null, headers: {}, body: BODY, fields: null });
    expect(second).toMatchObject({ revision: 2, body: null, fields: ["data.id"] });
    expect(first?.createdBy).not.toBe(second?.createdBy);
    expect((await revisions(webhook.id, "(first: 1)")).map(({ revision }) => revision)).toEqual([2]);
  });

  test("are not made for what is the same, whatever the order of headers", async () => {
    await update({ requestTemplate: { body: BODY, headers: { "X-A": "1", "X-B": "2" } } });
    await update({ requestTemplate: { body: BODY, headers: { "X-B": "2", "X-A": "1" }, method: "POST", path: "" } });
    await update({ name: "Another name" });

    expect(await numbers()).toEqual([1]);
  });

  test("stay when the template is taken away, and are restored by saving their content: as the next one", async () => {
    await update({ requestTemplate: { body: BODY } });
    await update({ requestTemplate: {} });
    await update({ requestTemplate: { fields: ["event"] } });
    const { webhookConfig } = await update({ requestTemplate: { body: BODY } });

    expect(webhookConfig?.requestTemplate).toMatchObject({ revision: 3, body: BODY });
    expect(await numbers()).toEqual([3, 2, 1]);
  });

  test("of changes at the same moment have numbers of their own, and the last one is in use", async () => {
    const bodies = Array.from({ length: 8 }, (_, index) => `{"n": ${index}}`);
    const answers = await Promise.all(bodies.map((body) => update({ requestTemplate: { body } })));

    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect(await numbers()).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    const { webhookConfig } = await update({});
    expect(webhookConfig?.requestTemplate?.revision).toBe(8);
  });
});

describe("what is wrong is said with its field, its reason and its place", () => {
  const refused = (field: string, reason: string, line: number | null = 1, column: number | null = 1): Refusal => ({
    code: "INVALID_INPUT",
    field,
    reason,
    line,
    column,
  });
  const withoutPlace = (field: string, reason: string) => refused(field, reason, null, null);

  test.for<[string, Record<string, unknown>, Refusal]>([
    [
      "a filter that is not CEL",
      { filter: "data.total_amount >" },
      expect.objectContaining({ field: "filter", reason: "INVALID_EXPRESSION" }),
    ],
    ["a name in its second line", { filter: "true &&\n  dta.id == null" }, refused("filter", "UNKNOWN_NAME", 2, 3)],
    [
      "a success condition about the payload",
      { successCondition: "data == null" },
      refused("successCondition", "UNKNOWN_NAME"),
    ],
    [
      "an expression in a body's third line",
      { requestTemplate: { body: '{\n "a": 1,\n "b": "{{ nope }}"\n}' } },
      refused("requestTemplate.body", "UNKNOWN_NAME", 3, 11),
    ],
    [
      "a body that is not JSON",
      { requestTemplate: { body: '{"a": }' } },
      refused("requestTemplate.body", "INVALID_EXPRESSION", 1, 7),
    ],
    [
      "a header's expression",
      { requestTemplate: { headers: { "X-A": "{{ nope }}" } } },
      refused("requestTemplate.headers.X-A", "UNKNOWN_NAME", 1, 4),
    ],
    [
      "a reserved header",
      { requestTemplate: { headers: { "Content-Type": "a" } } },
      refused("requestTemplate.headers.Content-Type", "INVALID_EXPRESSION"),
    ],
    [
      "a header that cannot be one",
      { requestTemplate: { headers: { "X A": "a" } } },
      refused("requestTemplate.headers.X A", "INVALID_EXPRESSION"),
    ],
    [
      "a header's value that is none",
      { requestTemplate: { headers: { "X-A": 1 } } },
      withoutPlace("requestTemplate.headers.X-A", "WRONG_TYPE"),
    ],
    [
      "a path that leaves the URL",
      { requestTemplate: { path: "/../../admin" } },
      expect.objectContaining({ field: "requestTemplate.path", reason: "INVALID_EXPRESSION" }),
    ],
    [
      "a field that cannot be one",
      { requestTemplate: { fields: ["data.id", "data..id"] } },
      expect.objectContaining({ field: "requestTemplate.fields.1" }),
    ],
    ["no field at all", { requestTemplate: { fields: [] } }, withoutPlace("requestTemplate.fields", "EMPTY")],
    [
      "fields beside a body",
      { requestTemplate: { fields: ["event"], body: "{}" } },
      withoutPlace("requestTemplate.fields", "NOT_APPLICABLE"),
    ],
    ["a text that is too long", { filter: `true${" ".repeat(8192)}` }, withoutPlace("filter", "TOO_LONG")],
    [
      "too many headers",
      { requestTemplate: { headers: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`X-${n}`, ""])) } },
      withoutPlace("requestTemplate.headers", "TOO_MANY"),
    ],
    [
      "a name that is too long",
      { requestTemplate: { headers: { [`X${"a".repeat(100)}`]: "" } } },
      withoutPlace("requestTemplate.headers", "TOO_LONG"),
    ],
    [
      "a NUL in a header's expression",
      { requestTemplate: { headers: { "X-A": '{{ "\0" }}' } } },
      withoutPlace("requestTemplate.headers.X-A", "INVALID_CHARACTERS"),
    ],
    [
      "half of a character",
      { requestTemplate: { body: '"\ud800"' } },
      withoutPlace("requestTemplate.body", "INVALID_CHARACTERS"),
    ],
  ])("%s", async ([, input, refusal]) => {
    for (const { webhookConfig, errors } of [await create(input), await update(input)]) {
      expect(errors).toEqual([refusal]);
      expect(webhookConfig).toBeNull();
    }
    expect(await numbers()).toEqual([]);
  });

  test("all of it at once", async () => {
    const { errors } = await update({
      filter: "a",
      successCondition: "b",
      requestTemplate: { path: "/{{ c }}", headers: { "X-A": "{{ d }}" }, body: '"{{ e }}"' },
      maxRetries: 99,
    });
    expect(errors.map(({ field }) => field).toSorted()).toEqual([
      "filter",
      "maxRetries",
      "requestTemplate.body",
      "requestTemplate.headers.X-A",
      "requestTemplate.path",
      "successCondition",
    ]);
  });
});

describe("settings that have to fit together, whichever of them changes", () => {
  const path = { requestTemplate: { path: "/orders" } };
  const refusal = (field: string, reason: string) => ({
    code: "INVALID_INPUT",
    field,
    reason,
    line: null,
    column: null,
  });

  test("a path needs a URL without query and fragment", async () => {
    const url = `${receiver.url}?tenant=1`;
    expect((await create({ ...path, url })).errors).toEqual([refusal("url", "URL_WITH_QUERY")]);
    expect((await update({ url })).errors).toEqual([]);
    expect((await update(path)).errors).toEqual([refusal("requestTemplate.path", "URL_WITH_QUERY")]);
    expect((await update({ url: receiver.url, ...path })).errors).toEqual([]);
    expect((await update({ url: `${receiver.url}#a` })).errors).toEqual([refusal("url", "URL_WITH_QUERY")]);
    expect((await update({ url, requestTemplate: {} })).errors).toEqual([]);
  });

  test("a header is set by the template or as a custom header, not by both", async () => {
    const template = { requestTemplate: { headers: { "X-Api": "{{ event }}" } } };
    const custom = { customHeaders: { "x-api": "secret" } };
    expect((await create({ ...template, ...custom })).errors).toEqual([
      refusal("requestTemplate.headers.X-Api", "DUPLICATE"),
    ]);
    expect((await update(custom)).errors).toEqual([]);
    expect((await update(template)).errors).toEqual([refusal("requestTemplate.headers.X-Api", "DUPLICATE")]);
    expect((await update({ customHeaders: {}, ...template })).errors).toEqual([]);
    expect((await update(custom)).errors).toEqual([refusal("customHeaders.X-Api", "DUPLICATE")]);
  });

  test("also when they change at the same moment: one of both is refused", async () => {
    const answers = await Promise.all([update({ url: `${receiver.url}?a=1` }), update(path)]);
    expect(answers.flatMap(({ errors }) => errors.map(({ reason }) => reason))).toEqual(["URL_WITH_QUERY"]);
  });
});

test("what was written is shown as it was written", async () => {
  const filter = 'data.customer_name == "İğdır \\"Şef\\"" ||\n\tmetadata.table_number == \'12\'';
  const body = '{\n  "müşteri": "{{ data.customer_name }} 👩‍🍳",\r\n  "b": "\\u00e9"\n}';
  const { webhookConfig, errors } = await update({ filter, requestTemplate: { body } });
  expect(errors).toEqual([]);
  expect(webhookConfig).toMatchObject({ filter, requestTemplate: { body } });
});
