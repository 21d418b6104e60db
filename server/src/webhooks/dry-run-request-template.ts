import { isDeepStrictEqual } from "node:util";
import type { OrderEvent, PrismaClient } from "@vera-qr/prisma/client";
import type { FilterClause, TemplateProblem } from "@vera-qr/templates";
import type { Pool } from "pg";
import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { boundedQuery } from "../bounded-query.ts";
import { parseInput } from "../domain/parse-input.ts";
import type { ExpressionTurns } from "./expression-turns.ts";
import type { FindWebhookConfig } from "./find-webhook-config.ts";
import { createEventRenderer, type RenderedEvent } from "./render-event.ts";
import { type RequestDrafts, withDrafts } from "./request-drafts.ts";

export const DRY_RUN_EVENTS_DEFAULT = 20;
export const DRY_RUN_EVENTS_MAX = 50;
/** Of payloads read and bodies made, together: 20 orders may have 1 MiB each. */
const BYTES_MAX = 4 * 1024 * 1024;
/** No further event is begun after this; dear expressions wait for their turns. */
const BEGIN_MS_MAX = 5_000;
const WAIT_MS_MAX = 10_000;

/** What is tried out: drafts in place of what the webhook has; null for what it has. */
export interface DryRunRequest extends RequestDrafts {
  readonly webhookConfigId: string;
  /** Events at most; null for the default. */
  readonly first: unknown;
}

/** What a webhook makes of one event. */
export interface DryRunResult {
  /** Whether the event would be sent, were the webhook on. */
  readonly isSent: boolean;
  readonly filterClause: FilterClause | null;
  /** Null, like `url` and `body`, when the request could not be made. */
  readonly method: string | null;
  readonly url: string | null;
  /** Those of the request template. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly problems: readonly TemplateProblem[];
}

export interface DryRunEvent {
  readonly event: OrderEvent;
  /** With what is saved. */
  readonly before: DryRunResult;
  /** With the drafts. */
  readonly after: DryRunResult;
  readonly isSame: boolean;
}

export interface DryRun {
  /** Newest first. */
  readonly events: readonly DryRunEvent[];
  /** Whether there are fewer than asked for because they are large, or because it would take too long. */
  readonly isCut: boolean;
}

export type DryRunRequestTemplate = (actor: Actor, request: DryRunRequest) => Promise<DryRun>;

/** Test events are none that a webhook subscribes to. */
const LATEST = `
  SELECT id FROM order_events WHERE organization_id = $1 AND event_type = ANY($2) ORDER BY id DESC LIMIT $3`;

const first = z
  .int({ error: `must be a whole number from 1 to ${DRY_RUN_EVENTS_MAX}` })
  .min(1, "must be at least 1")
  .max(DRY_RUN_EVENTS_MAX, `must be at most ${DRY_RUN_EVENTS_MAX}`)
  .nullish();

/** Shows what a webhook's latest real orders would become with drafts in place of what is saved. Nothing is sent or stored. */
export function createDryRunRequestTemplate(deps: {
  readonly prisma: PrismaClient;
  /** For what may take long: see `Database`. */
  readonly queryPool: Pool;
  readonly findWebhookConfig: FindWebhookConfig;
  readonly turns: ExpressionTurns;
}): DryRunRequestTemplate {
  const { prisma } = deps;
  return async (actor, request) => {
    const webhook = await deps.findWebhookConfig(actor, request.webhookConfigId, {
      permission: "read",
      field: "webhookConfigId",
    });
    const { first: limit } = parseInput(z.object({ first }), { first: request.first });
    const renderDraft = createEventRenderer(await withDrafts(prisma, webhook, request));
    const renderSaved = createEventRenderer(await withDrafts(prisma, webhook, { requestTemplate: null, filter: null }));
    const { organizationId } = webhook;
    const values = [organizationId, webhook.events, limit ?? DRY_RUN_EVENTS_DEFAULT];
    const latest = await boundedQuery<{ id: string }>(deps.queryPool, { text: LATEST, values }, "webhookConfigId");
    const results: DryRunEvent[] = [];
    const startedAt = performance.now();
    let bytes = 0;
    for (const { id } of latest) {
      if (bytes > BYTES_MAX || performance.now() > startedAt + BEGIN_MS_MAX) break;
      const event = await prisma.orderEvent.findUnique({ where: { id, organizationId } });
      if (event === null) continue;
      const evaluate = (render: typeof renderDraft): Promise<DryRunResult> =>
        deps.turns.run(organizationId, () => resultOf(render(event.payload)), startedAt + WAIT_MS_MAX);
      const before = await evaluate(renderSaved);
      const after = await evaluate(renderDraft);
      results.push({ event, before, after, isSame: isDeepStrictEqual(before, after) });
      bytes += event.payload.length + (before.body?.length ?? 0) + (after.body?.length ?? 0);
    }
    return { events: results, isCut: results.length < latest.length };
  };
}

function resultOf({ isMatch, filterClause, request, problems }: RenderedEvent): DryRunResult {
  return {
    isSent: isMatch === true && request !== null,
    filterClause,
    method: request?.method ?? null,
    url: request?.url ?? null,
    headers: request?.headers ?? {},
    body: request?.body ?? null,
    problems,
  };
}
