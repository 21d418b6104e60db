import { compileFilter, TemplateError } from "@vera-qr/templates";
import type { Pool } from "pg";
import { boundedQuery } from "../bounded-query.ts";
import { QueryTooBroadError, UnavailableError } from "../domain/errors.ts";
import type { ExpressionTurns } from "../webhooks/expression-turns.ts";
import { lazily } from "../webhooks/lazily.ts";
import type { ReplayExclusion, ReplaySource } from "./replay-set.ts";

export interface JudgeEventsDeps {
  readonly queryPool: Pool;
  readonly turns: ExpressionTurns;
}

export interface JudgedWebhook {
  readonly organizationId: string;
  /** CEL. */
  readonly filter: string;
}

/** How long one look at the events may take, and of how many: about what takes that long. */
const JUDGE_MS_MAX = 9000;
const EVENTS_MAX = 200_000;
/** Payloads in memory at once: each may have a megabyte. */
const BATCH_EVENTS = 50;

/** What the caller chose. */
const FIELD = "since";

const READ_PAYLOADS = "SELECT id AS event_id, payload FROM order_events WHERE id = ANY($1::uuid[])";

interface EventRow {
  readonly event_id: string;
  readonly payload: string;
}

/**
 * What of a source the webhook's filter lets through today, and why the rest is not sent. The filter sees the payloads here, in batches: the database
 * cannot evaluate it. What is published meanwhile is in neither.
 * @throws QueryTooBroadError when that takes too long.
 */
export async function judgeEvents(
  { queryPool, turns }: JudgeEventsDeps,
  source: ReplaySource,
  { organizationId, filter }: JudgedWebhook,
): Promise<ReplaySource> {
  const giveUpAt = performance.now() + JUDGE_MS_MAX;
  const compiled = lazily(() => compileFilter(filter));
  const eventIds: string[] = [];
  const exclusions: (ReplayExclusion | null)[] = [];
  try {
    for await (const { event_id, payload } of eventsOf(queryPool, source)) {
      if (performance.now() > giveUpAt) throw new QueryTooBroadError(FIELD);
      eventIds.push(event_id);
      exclusions.push(await turns.run(organizationId, () => exclusionOf(compiled, payload), giveUpAt));
    }
  } catch (error) {
    throw error instanceof UnavailableError ? new QueryTooBroadError(FIELD) : error;
  }
  return judged(source, eventIds, exclusions);
}

function exclusionOf(filter: () => ReturnType<typeof compileFilter>, payload: string): ReplayExclusion | null {
  try {
    return filter().matches(JSON.parse(payload)) ? null : "filtered";
  } catch (error) {
    if (error instanceof TemplateError) return "filterFailed";
    throw error;
  }
}

/** In batches by id, so that no connection is held while tenants' expressions are evaluated. */
async function* eventsOf(queryPool: Pool, { text, values }: ReplaySource): AsyncGenerator<EventRow> {
  const ids = await boundedQuery<{ event_id: string }>(
    queryPool,
    {
      text: `SELECT DISTINCT event_id FROM (${text}) m WHERE exclusion IS NULL LIMIT ${EVENTS_MAX + 1}`,
      values: [...values],
    },
    FIELD,
  );
  if (ids.length > EVENTS_MAX) throw new QueryTooBroadError(FIELD);
  for (let first = 0; first < ids.length; first += BATCH_EVENTS) {
    const batch = ids.slice(first, first + BATCH_EVENTS).map(({ event_id }) => event_id);
    yield* await boundedQuery<EventRow>(queryPool, { text: READ_PAYLOADS, values: [batch] }, FIELD);
  }
}

/** Of the source only what was judged. */
function judged(
  { text, values }: ReplaySource,
  eventIds: readonly string[],
  exclusions: readonly (ReplayExclusion | null)[],
): ReplaySource {
  const first = values.length + 1;
  return {
    text: `
      SELECT m.id, m.status, m.attempt_number, m.webhook_config_id, m.event_id, COALESCE(m.exclusion, j.exclusion) AS exclusion
      FROM (${text}) m JOIN unnest($${first}::uuid[], $${first + 1}::text[]) AS j(event_id, exclusion) ON j.event_id = m.event_id`,
    values: [...values, eventIds, exclusions],
  };
}
