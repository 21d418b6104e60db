import { expect } from "vitest";
import { ALL_WEBHOOKS } from "../../src/domain/all-webhooks.ts";
import { LATENCY_BUCKET_COUNT, latencyBucket } from "../../src/domain/latency-histogram.ts";
import { uuidV7Time } from "../../src/domain/uuid-v7.ts";
import { eventually, type TestOrganization } from "./fixtures.ts";
import type { TestService } from "./test-service.ts";

interface DeliveryRow {
  id: string;
  webhook_config_id: string;
  status: string;
  response_time_ms: number | null;
}

interface StatsRow {
  bucket_start: Date;
  webhook_config_id: string;
  status: string;
  delivery_count: number;
  response_time_sum_ms: string;
  latency_histogram: number[];
}

/** Compares the rollups with a recount of the deliveries, and the API's statistics with both, once nothing is under way. */
export async function expectStatsToEqualRecount(
  { sql, graphql, clock }: Pick<TestService, "sql" | "graphql" | "clock">,
  organization: TestOrganization,
): Promise<void> {
  await eventually(
    () => sql("SELECT FROM delivery_queue WHERE organization_id = $1 AND lease_id IS NOT NULL", [organization.id]),
    (underWay) => underWay.length === 0,
  );
  const deliveries = await sql<DeliveryRow>(
    "SELECT id, webhook_config_id, status::text, response_time_ms FROM deliveries WHERE organization_id = $1",
    [organization.id],
  );
  const kept = await sql<StatsRow>(
    "SELECT * FROM delivery_stats WHERE organization_id = $1 AND (delivery_count <> 0 OR response_time_sum_ms <> 0)",
    [organization.id],
  );
  const rollups = kept.map((row) => [
    `${row.bucket_start.toISOString()} ${row.webhook_config_id} ${row.status}`,
    { count: row.delivery_count, timeMs: Number(row.response_time_sum_ms), histogram: row.latency_histogram },
  ]);
  expect(Object.fromEntries(rollups)).toEqual(recount(deliveries));

  const { deliveryStats } = await graphql<{ deliveryStats: Record<string, number> }>(
    `query ($organizationId: ID!, $range: TimeRange) { deliveryStats(organizationId: $organizationId, range: $range) {
       total success failed cancelled retrying pending skipped } }`,
    {
      organizationId: organization.id,
      range: {
        since: new Date(clock.now() - 10 * 24 * 3600_000).toISOString(),
        until: new Date(clock.now() + 60_000).toISOString(),
      },
    },
  );
  const countOf = (status: string): number => deliveries.filter((row) => row.status === status).length;
  expect(deliveryStats).toEqual({
    total: deliveries.length - countOf("skipped"),
    success: countOf("success"),
    failed: countOf("failed"),
    cancelled: countOf("cancelled"),
    retrying: countOf("retrying"),
    pending: countOf("pending"),
    skipped: countOf("skipped"),
  });
}

function recount(deliveries: readonly DeliveryRow[]): Record<string, object> {
  const counted: Record<string, { count: number; timeMs: number; histogram: number[] }> = {};
  for (const { id, webhook_config_id, status, response_time_ms } of deliveries) {
    if (status === "pending" || status === "retrying") continue;
    const createdAt = uuidV7Time(id);
    for (const webhook of [webhook_config_id, ALL_WEBHOOKS]) {
      const key = `${new Date(createdAt - (createdAt % 60_000)).toISOString()} ${webhook} ${status}`;
      const entry = counted[key] ?? { count: 0, timeMs: 0, histogram: new Array<number>(LATENCY_BUCKET_COUNT).fill(0) };
      counted[key] = entry;
      entry.count += 1;
      // What was cancelled or skipped has no deciding attempt.
      if (response_time_ms === null || status === "cancelled" || status === "skipped") continue;
      entry.timeMs += response_time_ms;
      const bucket = latencyBucket(response_time_ms);
      entry.histogram[bucket] = (entry.histogram[bucket] ?? 0) + 1;
    }
  }
  return counted;
}
