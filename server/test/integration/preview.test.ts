import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect } from "vitest";
import { EVENT_TYPES } from "../../src/domain/event-catalogue.ts";
import { arbitraryOrder } from "../support/arbitrary-order.ts";
import { createApiKey } from "../support/create-api-key.ts";
import { anOrder, createOrganization, createWebhook, publish } from "../support/fixtures.ts";
import { organization, receiver, service, webhookTest as test, webhook } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";
import { byNodeReceiver, byStandardWebhooks, bySvix } from "../support/verifiers.ts";
import { deleteWebhook, rotateSecret, updateWebhook } from "../support/webhook-actions.ts";

interface Preview {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly exampleSecret: string;
  readonly wouldBeSent: boolean;
  readonly notSentReason: string | null;
  readonly notSentMessage: string | null;
  readonly templateRevision: number | null;
  readonly filterClause: { readonly text: string; readonly from: number; readonly to: number } | null;
  readonly problems: readonly { readonly place: string; readonly code: string; readonly line: number }[];
}
interface Answer {
  readonly preview: Preview | null;
  readonly errors: readonly { readonly code: string; readonly field: string | null; readonly message: string }[];
}

const CUSTOM_HEADERS = { "X-API-Key": "s3cret-value-of-the-crm", "X-Restaurant": "Café Ümit" };

test.override("webhookInput", { customHeaders: CUSTOM_HEADERS });

async function answerOf(input: Record<string, unknown>, key = OPERATOR_KEY): Promise<Answer> {
  const { previewWebhookPayload } = await service.graphql<{ previewWebhookPayload: Answer }>(
    `mutation ($input: PreviewWebhookPayloadInput!) { previewWebhookPayload(input: $input) {
       preview { method url headers body exampleSecret wouldBeSent notSentReason notSentMessage
       templateRevision filterClause { text from to } problems { place key code message line column from to } } errors { code field message } } }`,
    { input: { webhookConfigId: webhook.id, ...input } },
    key,
  );
  return previewWebhookPayload;
}

async function preview(input: Record<string, unknown>): Promise<Preview> {
  const answer = await answerOf(input);
  if (answer.preview === null) throw new Error(JSON.stringify(answer.errors));
  return answer.preview;
}

/** The same request as it would have arrived. */
function arrived({ headers, body }: Preview) {
  const lowerCased = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { headers: Object.fromEntries(lowerCased), body: Buffer.from(body) };
}

test("shows the request that is sent, byte for byte, whatever the order", { timeout: 60_000 }, async () => {
  const event = fc.record({
    event: fc.constantFrom("ORDER_CREATED", "ORDER_UPDATED", "ORDER_COMPLETED", "ORDER_CANCELLED"),
    order: arbitraryOrder,
    metadata: fc.option(fc.record({ table_number: fc.constantFrom("12", 12, null), source: fc.string() })),
  });
  await fc.assert(
    fc.asyncProperty(event, async (published) => {
      const shown = await preview(published);
      await publish(service, organization, published);
      const sent = await receiver.next();

      expect(shown.body).toBe(sent.body.toString());
      expect([shown.method, shown.url]).toEqual([sent.method, receiver.url]);
      const { headers } = arrived(shown);
      const { host: _host, connection: _connection, "content-length": _length, ...sentHeaders } = sent.headers;
      expect(Object.keys(headers)).toEqual(Object.keys(sentHeaders));
      for (const name of ["content-type", "user-agent", "x-webhook-event", "x-webhook-attempt", "webhook-timestamp"]) {
        expect(headers[name]).toBe(sentHeaders[name]);
      }
    }),
    { numRuns: 25 },
  );
});

test("a past event of a webhook without a request template is shown as it was sent", async () => {
  const { event } = await publish(service, organization, { order: anOrder({ customerName: "Şükrü" }) });
  const sent = await receiver.next();
  service.clock.advanceBy(1000);

  expect((await preview({ eventId: event?.id })).body).toBe(sent.body.toString());
});

test("without an order the catalogue's example is shown", async () => {
  const { body } = await preview({ event: "ORDER_COMPLETED" });

  expect(JSON.parse(body)).toEqual({
    ...EVENT_TYPES.ORDER_COMPLETED.example,
    organization_id: organization.id,
    timestamp: new Date(service.clock.now()).toISOString(),
  });
});

describe("the signatures", () => {
  test("verify with the example secret that is shown, and tell nothing about the webhook's own", async () => {
    const shown = await preview({ event: "ORDER_CREATED" });
    const request = arrived(shown);

    for (const verify of [byStandardWebhooks, bySvix, byNodeReceiver()]) {
      expect(verify(request, shown.exampleSecret)).toBe(true);
      expect(verify(request, webhook.secretKey)).toBe(false);
    }
    expect(shown.headers["X-API-Key"]).toBe("[redacted]");
    expect(shown.headers["X-Restaurant"]).toBe("[redacted]");
    for (const secret of [webhook.secretKey, ...Object.values(CUSTOM_HEADERS)]) {
      expect(JSON.stringify(shown)).not.toContain(secret);
    }
  });

  test("are two while a rotated secret still signs", async () => {
    await rotateSecret(service, webhook, 60);
    const during = arrived(await preview({ event: "ORDER_CREATED" }));
    service.clock.advanceBy(60_000);
    const after = arrived(await preview({ event: "ORDER_CREATED" }));

    expect(during.headers["webhook-signature"].split(" ")).toHaveLength(2);
    expect(during.headers).toHaveProperty("x-webhook-signature-previous");
    expect(after.headers["webhook-signature"].split(" ")).toHaveLength(1);
    expect(after.headers).not.toHaveProperty("x-webhook-signature-previous");
  });
});

test("nothing is sent, stored or noted", async () => {
  const rows = () =>
    service.sql(
      `SELECT (SELECT count(*) FROM order_events) AS events, (SELECT count(*) FROM deliveries) AS deliveries, (SELECT count(*) FROM delivery_queue) AS queued,
              (SELECT count(*) FROM audit_log) AS audited, (SELECT to_jsonb(w) FROM webhook_configs w WHERE id = $1) AS webhook`,
      [webhook.id],
    );
  const before = await rows();
  await preview({ event: "ORDER_CREATED" });

  expect(await rows()).toEqual(before);
  expect(receiver.requests).toHaveLength(0);
});

describe("whether the webhook would get it", () => {
  const verdict = async (input: Record<string, unknown>) => {
    const { wouldBeSent, notSentReason, notSentMessage } = await preview(input);
    return { wouldBeSent, notSentReason, notSentMessage };
  };

  test("yes, when it is on and subscribes to the event", async () => {
    expect(await verdict({ event: "ORDER_CREATED" })).toEqual({
      wouldBeSent: true,
      notSentReason: null,
      notSentMessage: null,
    });
  });

  test("no, when it does not subscribe to the event", async () => {
    await updateWebhook(service, webhook, { events: ["ORDER_CREATED"] });

    expect(await verdict({ event: "ORDER_UPDATED" })).toEqual({
      wouldBeSent: false,
      notSentReason: "EVENT_TYPE_NOT_SELECTED",
      notSentMessage: "The webhook does not subscribe to this event type.",
    });
    expect((await verdict({ event: "ORDER_CREATED" })).wouldBeSent).toBe(true);
  });

  test("no, when it is off", async () => {
    await updateWebhook(service, webhook, { isActive: false });

    expect(await verdict({ event: "ORDER_CREATED" })).toEqual({
      wouldBeSent: false,
      notSentReason: "WEBHOOK_OFF",
      notSentMessage: expect.stringContaining("switched off"),
    });
  });
});

describe("a webhook with its own request", () => {
  const requestTemplate = {
    method: "PUT",
    path: "/orders/{{ data.order_number }}",
    headers: { "X-Table": "{{ metadata.table_number }}" },
    body: '{"total": "{{ data.total_amount }}", "guest": "{{ data.customer_name }}"}',
  };
  const order = anOrder({ orderNumber: "A/1", customerName: 'Şükrü "Usta"' });

  test("is shown with what its template makes of the event, signed", async () => {
    await updateWebhook(service, webhook, { requestTemplate });
    const shown = await preview({ event: "ORDER_CREATED", order, metadata: { table_number: "12" } });

    expect(shown).toMatchObject({ method: "PUT", templateRevision: 1, problems: [], wouldBeSent: true });
    expect(shown.url).toBe(`${receiver.url}/orders/A%2F1`);
    expect(shown.body).toBe('{"total":179.8,"guest":"Şükrü \\"Usta\\""}');
    expect(shown.headers["X-Table"]).toBe("12");
    expect(shown.headers["X-API-Key"]).toBe("[redacted]");
    expect(byNodeReceiver()(arrived(shown), shown.exampleSecret)).toBe(true);
  });

  test("is shown as it arrives: method, path, headers and body", async () => {
    await updateWebhook(service, webhook, { requestTemplate });
    const { event } = await publish(service, organization, { order });
    const sent = await receiver.next();
    const shown = await preview({ eventId: event?.id });

    expect(shown.method).toBe(sent.method);
    expect(new URL(shown.url).pathname).toBe(sent.path);
    expect(shown.body).toBe(sent.body.toString());
    const { host: _host, connection: _connection, "content-length": _length, ...sentHeaders } = sent.headers;
    expect(Object.keys(arrived(shown).headers)).toEqual(Object.keys(sentHeaders));
    expect(shown.headers["X-Table"]).toBe(sentHeaders["x-table"]);
  });

  test("a draft is shown in place of what is saved, which stays", async () => {
    await updateWebhook(service, webhook, { requestTemplate, filter: "false" });
    const draft = await preview({ event: "ORDER_CREATED", requestTemplate: { body: '"{{ event }}"' }, filter: "" });
    expect(draft).toMatchObject({ method: "POST", body: '"order.created"', templateRevision: null, wouldBeSent: true });

    const none = await preview({ event: "ORDER_CREATED", requestTemplate: {}, filter: "" });
    expect(JSON.parse(none.body)).toHaveProperty("metadata");
    expect(none).toMatchObject({ url: receiver.url, templateRevision: null });
    expect(await preview({ event: "ORDER_CREATED" })).toMatchObject({ method: "PUT", notSentReason: "FILTERED" });
  });

  test("a past event is shown as it would be sent now", async () => {
    const { event } = await publish(service, organization, { order });
    await receiver.next();
    await updateWebhook(service, webhook, { requestTemplate });

    expect(JSON.parse((await preview({ eventId: event?.id })).body)).toEqual({ total: 179.8, guest: 'Şükrü "Usta"' });
  });

  test("an event that its filter does not let through is shown with the clause that it does not meet", async () => {
    const filter = 'event == "order.created" && data.total_amount > 500';
    const shown = await preview({ event: "ORDER_CREATED", filter });

    expect(shown).toMatchObject({ wouldBeSent: false, notSentReason: "FILTERED", problems: [] });
    expect(shown.filterClause).toEqual({ text: "data.total_amount > 500", from: 28, to: 51 });
    expect(shown.notSentMessage).toContain("data.total_amount > 500");
    expect(JSON.parse(shown.body)).toHaveProperty("event", "order.created");
  });

  test("what cannot be evaluated is shown with its place, and no request where there is none", async () => {
    const filtered = await preview({ event: "ORDER_CREATED", filter: "data.customer_name > 5" });
    expect(filtered).toMatchObject({ notSentReason: "FILTER_FAILED", filterClause: null, wouldBeSent: false });
    expect(filtered.problems).toEqual([expect.objectContaining({ place: "FILTER", key: null, line: 1 })]);

    const body = '{\n"a": "{{ 1 / 0 }}"}';
    const failed = await preview({ event: "ORDER_CREATED", requestTemplate: { body, method: "PATCH" } });
    expect(failed).toMatchObject({ method: "PATCH", url: receiver.url, headers: {}, body: "", wouldBeSent: false });
    expect(failed.notSentReason).toBe("TEMPLATE_FAILED");
    expect(failed.problems).toEqual([expect.objectContaining({ place: "BODY", line: 2 })]);
  });

  test("a draft whose expressions are wrong is shown with what is wrong, not refused", async () => {
    const { problems } = await preview({
      event: "ORDER_CREATED",
      filter: "nope",
      requestTemplate: { headers: { "X-A": "{{ nope }}" }, body: "{" },
    });
    expect(problems.map(({ place, code }) => `${place} ${code}`).toSorted()).toEqual([
      "BODY SYNTAX",
      "FILTER UNKNOWN_NAME",
      "HEADERS UNKNOWN_NAME",
    ]);
  });

  test("a draft that could not be saved whatever the event is refused", async () => {
    const fieldsOf = async (input: object) =>
      (await answerOf({ event: "ORDER_CREATED", ...input })).errors.map(({ field }) => field);

    expect(await fieldsOf({ filter: "x".repeat(8193) })).toEqual(["filter"]);
    expect(await fieldsOf({ requestTemplate: { body: "{}", fields: ["event"] } })).toEqual(["requestTemplate.fields"]);
    expect(await fieldsOf({ requestTemplate: { headers: { "x-api-key": "1" } } })).toEqual([
      "requestTemplate.headers.x-api-key",
    ]);
    await updateWebhook(service, webhook, { url: `${receiver.url}?a=1` });
    expect(await fieldsOf({ requestTemplate: { path: "/a" } })).toEqual(["requestTemplate.path"]);
  });
});

describe("bad input", () => {
  test.for<[string, Record<string, unknown>]>([
    ["an event that cannot be published", { event: "WEBHOOK_TEST", order: anOrder() }],
    ["a wrong order", { event: "ORDER_CREATED", order: anOrder({ id: "x", totalAmount: -1, items: [] }) }],
    ["a wrong line", { event: "ORDER_CREATED", order: anOrder({ items: [{ name: "", quantity: 0, price: 1 }] }) }],
    ["an extra field of the order itself", { event: "ORDER_CREATED", order: anOrder({ extra: { status: "x" } }) }],
    ["wrong metadata", { event: "ORDER_CREATED", order: anOrder(), metadata: { table_number: [] } }],
  ])("is refused as for publishing: %s", async ([, input]) => {
    const { errors } = await answerOf(input);

    expect(errors.length).toBeGreaterThan(0);
    expect(errors).toEqual((await publish(service, organization, { metadata: undefined, ...input })).errors);
  });

  test("neither an event nor a past one, or both, is refused", async () => {
    const both = {
      code: "INVALID_INPUT",
      field: "eventId",
      message: "cannot be given together with an event to publish",
    };
    const neither = { code: "INVALID_INPUT", field: "event", message: "is required, or eventId" };

    expect((await answerOf({})).errors).toEqual([neither]);
    expect((await answerOf({ order: anOrder() })).errors).toEqual([neither]);
    expect((await answerOf({ eventId: randomUUID(), event: "ORDER_CREATED" })).errors).toEqual([both]);
    expect((await answerOf({ eventId: randomUUID(), metadata: {} })).errors).toEqual([both]);
  });

  test("an event that is unknown or of another organization is named", async () => {
    const other = await createOrganization(service);
    const { event } = await publish(service, other);
    const message = "No event of this webhook's organization with this id.";

    for (const eventId of [event?.id, randomUUID(), "nonsense"]) {
      expect((await answerOf({ eventId })).errors).toEqual([{ code: "NOT_FOUND", field: "eventId", message }]);
    }
  });

  test("a webhook that is unknown, deleted or of another organization is named", async () => {
    const deleted = await createWebhook(service, organization, receiver.url);
    await deleteWebhook(service, deleted);
    const foreign = await createApiKey(service, await createOrganization(service), ["READ"]);
    const errors = [{ code: "NOT_FOUND", field: "webhookConfigId", message: "No webhook with this id." }];

    for (const id of [deleted.id, randomUUID(), "nonsense"]) {
      expect((await answerOf({ webhookConfigId: id, event: "ORDER_CREATED" })).errors).toEqual(errors);
    }
    expect((await answerOf({ event: "ORDER_CREATED" }, foreign.key)).errors).toEqual(errors);
  });
});

test("needs the scope read, and no other", async () => {
  const reading = await createApiKey(service, organization, ["READ"]);
  const publishing = await createApiKey(service, organization, ["PUBLISH"]);

  expect((await answerOf({ event: "ORDER_CREATED" }, reading.key)).errors).toEqual([]);
  expect(await answerOf({ event: "ORDER_CREATED" }, publishing.key)).toMatchObject({
    preview: null,
    errors: [{ code: "FORBIDDEN" }],
  });
});
