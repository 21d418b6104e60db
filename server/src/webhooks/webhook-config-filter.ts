import type { Pool } from "pg";
import { z } from "zod";
import { anyOf, parseFilter, soughtWords } from "../domain/filter-values.ts";
import type { IdPage } from "../domain/id-page.ts";
import { wordsOf } from "../domain/search-terms.ts";

const webhookConfigFilterSchema = z
  .strictObject(
    {
      isActive: z.boolean({ error: "must be true or false" }),
      eventType: anyOf(z.string({ error: "must be a string" }).max(100, "must be at most 100 characters")),
      name: soughtWords(200),
    },
    { error: "must be an object" },
  )
  .partial();

/** Which webhooks of an organization: all conditions must hold, an absent one does not count. */
export type WebhookConfigFilter = z.output<typeof webhookConfigFilterSchema>;

/** @throws InvalidInputError naming every condition that is wrong by its path below `field`. */
export function parseWebhookConfigFilter(input: unknown, field = "filter"): WebhookConfigFilter {
  return parseFilter(webhookConfigFilterSchema, input, field);
}

export interface WebhookConfigPage extends IdPage {
  readonly organizationId: string;
  readonly filter: WebhookConfigFilter;
}

const READ = `
  SELECT id, name FROM webhook_configs
  WHERE organization_id = $1 AND deleted_at IS NULL AND ($2::boolean IS NULL OR is_active = $2) AND ($3::text[] IS NULL OR events ?| $3)`;

/** Ids of the organization's webhooks that match the filter, in the order of the page. All of them are read: they are few. */
export async function pageWebhookConfigIds(pool: Pool, page: WebhookConfigPage): Promise<readonly string[]> {
  const { organizationId, filter, order, after, limit } = page;
  const { rows } = await pool.query<{ id: string; name: string }>(READ, [
    organizationId,
    filter.isActive ?? null,
    filter.eventType ?? null,
  ]);
  const words = wordsOf(filter.name ?? "");
  const ids = rows
    .filter(({ name }) => words.every((word) => wordsOf(name).some((other) => other.startsWith(word))))
    .map(({ id }) => id)
    .sort();
  if (order === "newestFirst") ids.reverse();
  const isBeyond = (id: string) => after === null || (order === "newestFirst" ? id < after : id > after);
  return ids.filter(isBeyond).slice(0, limit);
}
