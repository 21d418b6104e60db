import type { Pool } from "pg";
import type { Logger } from "../logger.ts";
import { describeExpressionFailure } from "../webhooks/describe-expression-failure.ts";
import type { ExpressionTurns } from "../webhooks/expression-turns.ts";
import type { IndexedRequestTemplate } from "../webhooks/webhook-index.ts";
import type { CustomRequest, HeldDelivery } from "./held-delivery.ts";
import type { RequestMethod } from "./send.ts";

/** A delivery's own request, as it is stored; why there can be none; or that the delivery is no longer held by this process. */
export type RenderResult =
  | { readonly kind: "rendered"; readonly request: CustomRequest; readonly body: Buffer }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "lost" };

/**
 * Renders the request of a delivery that has none (its template failed before, or it was skipped) and stores it, so that whoever attempts it next, after a
 * crash or after a change of the template, sends the same bytes.
 */
export type RenderRequest = (delivery: HeldDelivery, template: IndexedRequestTemplate) => Promise<RenderResult>;

export interface RenderRequestDeps {
  readonly turns: ExpressionTurns;
  readonly store: (delivery: HeldDelivery, request: RenderedOnce) => Promise<RenderedOnce | null>;
  readonly logger: Logger;
}

interface RenderedOnce extends CustomRequest {
  readonly revision: number;
  readonly body: string;
}

export function createRenderRequest({ turns, store, logger }: RenderRequestDeps): RenderRequest {
  return async (delivery, { compiled, revision }) => {
    let rendered: RenderedOnce;
    try {
      rendered = await turns.run(delivery.organizationId, () => ({
        ...compiled().render(JSON.parse(delivery.body.toString())),
        revision,
      }));
    } catch (error) {
      return { kind: "failed", message: describeExpressionFailure(error, logger) };
    }
    const stored = await store(delivery, rendered);
    if (stored === null) return { kind: "lost" };
    const { body, ...request } = stored;
    return { kind: "rendered", request, body: Buffer.from(body) };
  };
}

/** Only while the delivery is leased as its sender knows it. A process that held it before may have stored one: the first is kept, and answered. */
const STORE = `
  INSERT INTO delivery_requests AS r (delivery_id, organization_id, webhook_config_id, revision, method, path, headers, body)
  SELECT q.delivery_id, q.organization_id, q.webhook_config_id, $4, $5, $6, $7, $8
  FROM delivery_queue q WHERE q.organization_id = $1 AND q.delivery_id = $2 AND q.lease_id = $3
  ON CONFLICT (delivery_id) DO UPDATE SET revision = r.revision
  RETURNING revision, method, path, headers, body`;

interface StoredRow {
  revision: number;
  method: RequestMethod;
  path: string | null;
  headers: [string, string][];
  body: string;
}

/** Answers what is stored; null when the delivery was taken over, or is no longer to be sent. */
export async function storeRequest(
  pool: Pool,
  { id, organizationId, leaseId }: HeldDelivery,
  { revision, method, path, headers, body }: RenderedOnce,
): Promise<RenderedOnce | null> {
  const { rows } = await pool.query<StoredRow>({
    name: "store_request",
    text: STORE,
    values: [organizationId, id, leaseId, revision, method, path, JSON.stringify(headers), body],
  });
  return rows[0] ?? null;
}
