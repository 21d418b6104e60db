import { randomUUID } from "node:crypto";
import { invite, join } from "./browser.ts";
import { createApiKey } from "./create-api-key.ts";
import {
  anOrder,
  createOrganization,
  createWebhook,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
} from "./fixtures.ts";
import type { Receiver } from "./receiver.ts";
import type { TestService } from "./test-service.ts";
import { rotateSecret } from "./webhook-actions.ts";

/** Ids of one thing of each kind that an organization owns, or of none. */
export type Things = Readonly<Record<ThingKind, string>>;

export const THING_KINDS = [
  "organizationId",
  "webhookConfigId",
  "deliveryId",
  "eventId",
  "orderId",
  "apiKeyId",
  "memberId",
  "invitationId",
  "replayId",
] as const;
export type ThingKind = (typeof THING_KINDS)[number];

/** An organization that owns something of everything, with a mark in every text that could give it away. */
export interface MarkedOrganization {
  readonly mark: string;
  readonly things: Things;
}

/** Ids that nothing has. */
export function missingThings(): Things {
  return Object.fromEntries(THING_KINDS.map((kind) => [kind, randomUUID()])) as Record<ThingKind, string>;
}

export async function createMarkedOrganization(
  service: Pick<TestService, "graphql" | "sql" | "origin">,
  receiver: Receiver,
  mark: string,
): Promise<MarkedOrganization> {
  const organization = await createOrganization(service, `Restaurant ${mark}`);
  const webhook = await createWebhook(service, organization, `${receiver.url}?${mark}`, {
    name: `Webhook ${mark}`,
    customHeaders: { [`X-${mark}`]: mark },
  });
  await rotateSecret(service, webhook, 3600);
  const { id: apiKeyId } = await createApiKey(service, organization, ["READ"]);
  await join(service, organization, `cook@${mark}.example`, "VIEWER");
  await invite(service, organization, `guest@${mark}.example`, "VIEWER");
  const order = anOrder({ orderNumber: `ORD-${mark}`, customerName: `Guest ${mark}`, customerNotes: mark });
  receiver.respond(500, { body: `refused ${mark}` });
  const { event } = await publish(service, organization, {
    idempotencyKey: `key-${mark}`,
    metadata: { table_number: mark },
    order,
  });
  const [delivery] = await eventually(
    () => deliveriesOf(service, organization),
    ([first]) => first?.status === "RETRYING",
  );
  // Written behind the publisher's back.
  await eventually(
    () => service.sql("SELECT FROM order_event_terms WHERE organization_id = $1", [organization.id]),
    ({ length }) => length > 0,
  );
  return {
    mark,
    things: {
      organizationId: organization.id,
      webhookConfigId: webhook.id,
      deliveryId: delivery?.id ?? "",
      eventId: event?.id ?? "",
      orderId: String(order["id"]),
      apiKeyId,
      memberId: await onlyId(service, "members", organization.id),
      replayId: await replayNothing(service, organization),
      invitationId: await onlyId(service, "invitations", organization.id),
    },
  };
}

/** A replay that found nothing to send. */
async function replayNothing(
  { graphql }: Pick<TestService, "graphql">,
  organization: TestOrganization,
): Promise<string> {
  const { replayDeliveries } = await graphql<{ replayDeliveries: { replay: { id: string } } }>(
    "mutation ($input: ReplayDeliveriesInput!) { replayDeliveries(input: $input) { replay { id } } }",
    { input: { organizationId: organization.id, filter: { status: ["CANCELLED"] } } },
  );
  return replayDeliveries.replay.id;
}

async function onlyId({ sql }: Pick<TestService, "sql">, table: string, organizationId: string): Promise<string> {
  const rows = await sql<{ id: string }>(
    `SELECT id FROM ${table} WHERE organization_id = $1 ORDER BY id DESC LIMIT 1`,
    [organizationId],
  );
  return rows[0]?.id ?? "";
}

/** Every id in a row of the organization, in whatever table, and its receiver's token: what nobody else may ever see. */
export async function secretsOf(
  { sql }: Pick<TestService, "sql">,
  organizationId: string,
): Promise<ReadonlySet<string>> {
  const [organization] = await sql<{ token: string }>(
    "SELECT receiver_token AS token FROM organizations WHERE id = $1",
    [organizationId],
  );
  const ids = new Set([organizationId, organization?.token ?? ""]);
  for (const { name } of await ownedTables({ sql })) {
    for (const { row } of await sql<{ row: string }>(
      `SELECT row_to_json(t)::text AS row FROM ${name} t WHERE organization_id = $1`,
      [organizationId],
    )) {
      for (const [id] of row.matchAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)) ids.add(id);
    }
  }
  return ids;
}

/** What the organization owns, table by table, as it stands. Bookkeeping that reading causes is left out. */
export async function rowsOwnedBy({ sql }: Pick<TestService, "sql">, organizationId: string): Promise<unknown> {
  const tables = await ownedTables({ sql });
  return await Promise.all(
    tables.map(async ({ name }) => [
      name,
      (
        await sql<{ row: string }>(
          `SELECT (to_jsonb(t) - '{last_used_at,last_triggered_at}'::text[])::text AS row FROM ${name} t WHERE organization_id = $1`,
          [organizationId],
        )
      )
        .map(({ row }) => row)
        .toSorted(),
    ]),
  );
}

function ownedTables({ sql }: Pick<TestService, "sql">): Promise<readonly { readonly name: string }[]> {
  return sql<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id'
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
}
