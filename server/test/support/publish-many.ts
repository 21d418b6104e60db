import { anOrder, type TestOrganization } from "./fixtures.ts";
import type { TestService } from "./test-service.ts";

export interface PublishedEvent {
  readonly eventId: string | null;
  readonly deliveryCount: number | null;
  readonly duplicate: boolean | null;
  readonly errors: readonly { readonly code: string; readonly field: string | null; readonly message: string }[];
}

const EVENTS_PER_CALL = 500;

/** One call of `publishOrderEvents`. */
export async function publishTogether(
  { graphql }: Pick<TestService, "graphql">,
  organization: TestOrganization,
  events: readonly Record<string, unknown>[],
): Promise<readonly PublishedEvent[]> {
  const { publishOrderEvents } = await graphql<{ publishOrderEvents: { results: readonly PublishedEvent[] } }>(
    `mutation ($input: PublishOrderEventsInput!) { publishOrderEvents(input: $input) {
       results { eventId deliveryCount duplicate errors { code field message } } } }`,
    { input: { organizationId: organization.id, events } },
  );
  return publishOrderEvents.results;
}

/** Publishes `count` events, in as few calls as possible. */
export async function publishMany(
  service: Pick<TestService, "graphql">,
  organization: TestOrganization,
  count: number,
): Promise<readonly PublishedEvent[]> {
  const results: PublishedEvent[] = [];
  while (results.length < count) {
    const length = Math.min(EVENTS_PER_CALL, count - results.length);
    const events = Array.from({ length }, () => ({ event: "ORDER_CREATED", order: anOrder() }));
    results.push(...(await publishTogether(service, organization, events)));
  }
  return results;
}
