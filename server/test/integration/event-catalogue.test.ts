import fc from "fast-check";
import { expect } from "vitest";
import { EVENT_TYPES } from "../../src/domain/event-catalogue.ts";
import { arbitraryOrder } from "../support/arbitrary-order.ts";
import { createWebhook, type TestWebhook } from "../support/fixtures.ts";
import { payloadValidator } from "../support/payload-validator.ts";
import { publishTogether } from "../support/publish-many.ts";
import { organization, receiver, service, sharedTest as test } from "../support/test.ts";

interface EventTypeInfo {
  readonly name: string;
  readonly eventType: string;
  readonly description: string;
  readonly isPublishable: boolean;
  readonly isOperational: boolean;
  readonly jsonSchema: object;
  readonly example: object;
}

let webhook: TestWebhook;
let eventTypes: readonly EventTypeInfo[];
test.beforeAll(async () => {
  webhook = await createWebhook(service, organization, receiver.url);
  ({ eventTypes } = await service.graphql<{ eventTypes: readonly EventTypeInfo[] }>(
    "query { eventTypes { name eventType description isPublishable isOperational jsonSchema example } }",
  ));
});

test("eventTypes shows the whole catalogue", () => {
  expect(eventTypes).toEqual(Object.entries(EVENT_TYPES).map(([eventType, entry]) => ({ eventType, ...entry })));
});

test("whatever is delivered is valid by the schema of its event type", { timeout: 60_000 }, async () => {
  const problemsOf = new Map(eventTypes.map(({ name, jsonSchema }) => [name, payloadValidator(jsonSchema)]));
  const publishable = eventTypes.filter(({ isPublishable }) => isPublishable).map(({ eventType }) => eventType);
  const events = fc.array(
    fc.record({
      event: fc.constantFrom(...publishable),
      order: arbitraryOrder,
      metadata: fc.option(
        fc.record({ table_number: fc.constantFrom("12", 12, null), items_count: fc.nat(), source: fc.object() }),
      ),
    }),
    { minLength: 10, maxLength: 60 },
  );
  await fc.assert(
    fc.asyncProperty(events, async (published) => {
      const results = await publishTogether(service, organization, published);
      expect(results.flatMap(({ errors }) => errors)).toEqual([]);
      for (const _ of published) {
        const { headers, body } = await receiver.next();
        const payload = JSON.parse(body.toString());
        expect(headers["x-webhook-event"]).toBe(payload.event);
        expect(problemsOf.get(payload.event)?.(payload)).toBeNull();
      }
    }),
    { numRuns: 10 },
  );
});

test("a test delivery is valid by the schema of webhook.test", async () => {
  await service.graphql("mutation ($id: ID!) { testWebhookConfig(input: { id: $id }) { success } }", {
    id: webhook.id,
  });
  const payload = JSON.parse((await receiver.next()).body.toString());

  expect(payload.event).toBe("webhook.test");
  expect(payloadValidator(EVENT_TYPES.WEBHOOK_TEST.jsonSchema)(payload)).toBeNull();
});
