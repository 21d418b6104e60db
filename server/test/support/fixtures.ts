import { randomUUID } from "node:crypto";
import type { TestService } from "./test-service.ts";

export interface TestOrganization {
  readonly id: string;
}

export interface TestWebhook {
  readonly id: string;
  readonly secretKey: string;
}

export async function createOrganization(
  { graphql }: Pick<TestService, "graphql">,
  name = "Lezzet Durağı",
): Promise<TestOrganization> {
  const { createOrganization: payload } = await graphql<{ createOrganization: { organization: TestOrganization } }>(
    `mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id } errors { code field message } } }`,
    { input: { name } },
  );
  return payload.organization;
}

/** A webhook for all order events. @throws when it is refused. */
export async function createWebhook(
  { graphql }: Pick<TestService, "graphql">,
  organization: TestOrganization,
  url: string,
  overrides: Record<string, unknown> = {},
): Promise<TestWebhook> {
  const { createWebhookConfig: payload } = await graphql<{
    createWebhookConfig: { webhookConfig: { id: string } | null; secretKey: string; errors: unknown[] };
  }>(
    `mutation ($input: CreateWebhookConfigInput!) { createWebhookConfig(input: $input) { webhookConfig { id } secretKey errors { code field message } } }`,
    {
      input: {
        organizationId: organization.id,
        name: "CRM",
        url,
        events: ["ORDER_CREATED", "ORDER_UPDATED", "ORDER_COMPLETED", "ORDER_CANCELLED"],
        ...overrides,
      },
    },
  );
  if (payload.webhookConfig === null) throw new Error(JSON.stringify(payload.errors));
  return { id: payload.webhookConfig.id, secretKey: payload.secretKey };
}

/** The contract's example order, with a new id. */
export function anOrder(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: randomUUID(),
    orderNumber: "ORD-20240102-1234",
    items: [{ menuItemId: randomUUID(), name: "Margherita Pizza", quantity: 2, price: 89.9, notes: "Extra peynir" }],
    totalAmount: 179.8,
    status: "pending",
    customerName: "Ahmet Yılmaz",
    customerNotes: "Acele etmeyin",
    tableId: randomUUID(),
    createdAt: "2024-01-02T10:30:00Z",
    ...overrides,
  };
}

export interface PublishAnswer {
  readonly event: { readonly id: string } | null;
  readonly deliveryCount: number | null;
  readonly duplicate: boolean | null;
  readonly errors: readonly { readonly code: string; readonly field: string | null; readonly message: string }[];
}

export async function publish(
  { graphql }: Pick<TestService, "graphql">,
  organization: TestOrganization,
  overrides: Record<string, unknown> = {},
): Promise<PublishAnswer> {
  const { publishOrderEvent } = await graphql<{ publishOrderEvent: PublishAnswer }>(
    `mutation ($input: PublishOrderEventInput!) { publishOrderEvent(input: $input) { event { id } deliveryCount duplicate errors { code field message } } }`,
    {
      input: {
        organizationId: organization.id,
        event: "ORDER_CREATED",
        metadata: { table_number: "12" },
        order: anOrder(),
        ...overrides,
      },
    },
  );
  return publishOrderEvent;
}

/** Reads until the condition holds: waits on a fact, never for a time. @throws with the last value when it does not come true. */
export async function eventually<T>(
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  timeoutMs = 10_000,
): Promise<T> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    if (performance.now() > until)
      throw new Error(`This never came true: ${holds}. Last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export interface DeliveryState {
  readonly id: string;
  readonly status: string;
  readonly attemptNumber: number;
  readonly nextRetryAt: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly attempts: readonly {
    readonly attemptNumber: number;
    readonly outcome: string;
    readonly errorCode: string | null;
    readonly isLate: boolean;
  }[];
}

export async function deliveriesOf(
  { graphql }: Pick<TestService, "graphql">,
  organization: TestOrganization,
): Promise<readonly DeliveryState[]> {
  const { deliveries } = await graphql<{ deliveries: { edges: { node: DeliveryState }[] } }>(
    `query ($organizationId: ID!) { deliveries(organizationId: $organizationId, first: 100) { edges { node {
       id status attemptNumber nextRetryAt errorCode errorMessage attempts { attemptNumber outcome errorCode isLate } } } } }`,
    { organizationId: organization.id },
  );
  return deliveries.edges.map(({ node }) => node);
}
