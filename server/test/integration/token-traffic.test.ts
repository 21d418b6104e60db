import { describe, expect } from "vitest";
import { eventually, publish } from "../support/fixtures.ts";
import { publishMany } from "../support/publish-many.ts";
import { createFromTemplate } from "../support/template-webhooks.ts";
import { organization, service, test } from "../support/test.ts";

const TOKEN_LIFETIME_SECONDS = 90;
const ROUNDS = 6;
const EVENTS_PER_ROUND = 50;

async function configure(input: Readonly<Record<string, unknown>>): Promise<void> {
  await service.graphql(
    "mutation ($input: ConfigureTestReceiverInput!) { configureTestReceiver(input: $input) { errors { code } } }",
    { input: { organizationId: organization.id, ...input } },
  );
}

/** Has the receiver forget what came. */
async function clear(): Promise<void> {
  await service.graphql(
    "mutation ($input: ClearTestReceiverInput!) { clearTestReceiver(input: $input) { errors { code } } }",
    { input: { organizationId: organization.id } },
  );
}

/** How many deliveries there are in each state. */
async function states(): Promise<Readonly<Record<string, number>>> {
  const rows = await service.sql<{ status: string; count: number }>(
    "SELECT status::text AS status, count(*)::int AS count FROM deliveries WHERE organization_id = $1 GROUP BY 1",
    [organization.id],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}

async function allDelivered(count: number): Promise<void> {
  await eventually(states, ({ success = 0 }) => success === count);
}

/** Path and answer of what came to the receiver, newest first. */
async function received(): Promise<readonly string[]> {
  const { testReceiver } = await service.graphql<{
    testReceiver: { requests: { path: string; respondedStatus: number }[] };
  }>("query ($id: ID!) { testReceiver(organizationId: $id) { requests(first: 100) { path respondedStatus } } }", {
    id: organization.id,
  });
  return testReceiver.requests.map(
    ({ path, respondedStatus }) => `${path.split("/").findLast(Boolean)} ${respondedStatus}`,
  );
}

describe.for([
  ["salesforce", "Order__c"],
  ["zoho", "Deals"],
] as const)("%s", ([id, resource]) => {
  test("access tokens that end and are revoked in the middle of traffic lose no order and repeat none", async () => {
    await createFromTemplate(service, organization, { id, imitation: true });
    await configure({ tokenLifetimeSeconds: TOKEN_LIFETIME_SECONDS });
    for (let round = 1; round <= ROUNDS; round += 1) {
      await clear();
      await publishMany(service, organization, EVENTS_PER_ROUND / 2);
      // Some of these are delivered by now, some are under way and some wait.
      if (round % 2 === 0) service.clock.advanceBy(TOKEN_LIFETIME_SECONDS * 1000);
      else await configure({ revokeTokens: true });
      await publishMany(service, organization, EVENTS_PER_ROUND / 2);
      await allDelivered(round * EVENTS_PER_ROUND);
      expect(await received()).toContain("token 200");
    }

    const accepted = await service.sql<{ deliveries: number; records: number }>(
      `SELECT count(DISTINCT delivery_id)::int AS deliveries, count(*)::int AS records
       FROM delivery_attempts AS attempt WHERE attempt.response_status = 201 AND attempt.organization_id = $1`,
      [organization.id],
    );
    const count = ROUNDS * EVENTS_PER_ROUND;
    expect(accepted).toEqual([{ deliveries: count, records: count }]);
  });

  test("a revoked token costs one refused request, and no attempt", async () => {
    await createFromTemplate(service, organization, { id, imitation: true });
    await publish(service, organization);
    await allDelivered(1);
    await configure({ revokeTokens: true });
    await publish(service, organization);
    await allDelivered(2);

    expect(await received()).toEqual([
      `${resource} 201`,
      "token 200",
      `${resource} 401`,
      `${resource} 201`,
      "token 200",
    ]);
    const [attempts] = await service.sql<{ count: number }>(
      "SELECT count(*)::int AS count FROM delivery_attempts WHERE organization_id = $1",
      [organization.id],
    );
    expect(attempts?.count).toBe(2);
  });
});
