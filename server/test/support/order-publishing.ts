import { randomUUID } from "node:crypto";
import { EVENT_TYPES } from "../../src/domain/event-catalogue.ts";
import type { TestOrganization } from "./fixtures.ts";
import { restRequest } from "./rest-request.ts";
import type { TestService } from "./test-service.ts";

interface PublishAnswer {
  readonly event: { readonly id: string };
  readonly delivery_count: number;
}

/** Publishes the example order with an id of its own and these changes, in the wire's names. @throws when it is refused. */
export async function publishOrder(
  service: Pick<TestService, "origin">,
  organization: TestOrganization,
  changes: Readonly<Record<string, unknown>> = {},
  event = "order.created",
): Promise<PublishAnswer> {
  const data = { ...(EVENT_TYPES.ORDER_CREATED.example["data"] as object), id: randomUUID(), ...changes };
  const answer = await restRequest<PublishAnswer>(service, "POST", "/api/events", {
    body: { organization_id: organization.id, event, data, metadata: { table_number: "12" } },
  });
  if (answer.status !== 202) throw new Error(answer.text.slice(0, 1000));
  return answer.body;
}
