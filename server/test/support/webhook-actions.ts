import type { TestWebhook } from "./fixtures.ts";
import type { TestService } from "./test-service.ts";

type Api = Pick<TestService, "graphql">;
type UserErrors = readonly { readonly code: string; readonly field: string | null; readonly message: string }[];

export async function updateWebhook(
  { graphql }: Api,
  webhook: TestWebhook,
  changes: Record<string, unknown>,
): Promise<void> {
  await graphql(
    `mutation ($input: UpdateWebhookConfigInput!) { updateWebhookConfig(input: $input) { webhookConfig { id } errors { code field message } } }`,
    { input: { id: webhook.id, ...changes } },
  );
}

export async function deleteWebhook({ graphql }: Api, webhook: TestWebhook): Promise<void> {
  await graphql(`mutation ($input: DeleteWebhookConfigInput!) { deleteWebhookConfig(input: $input) { deletedId } }`, {
    input: { id: webhook.id },
  });
}

/** Answers the new secret. */
export async function rotateSecret({ graphql }: Api, webhook: TestWebhook, overlapSeconds?: number): Promise<string> {
  const { rotateWebhookSecret } = await graphql<{ rotateWebhookSecret: { secretKey: string } }>(
    `mutation ($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) { secretKey errors { code field message } } }`,
    { input: { id: webhook.id, ...(overlapSeconds !== undefined && { overlapSeconds }) } },
  );
  return rotateWebhookSecret.secretKey;
}

export async function endSecretOverlap({ graphql }: Api, webhook: TestWebhook): Promise<UserErrors> {
  const { endWebhookSecretOverlap: payload } = await graphql<{ endWebhookSecretOverlap: { errors: UserErrors } }>(
    `mutation ($input: EndWebhookSecretOverlapInput!) { endWebhookSecretOverlap(input: $input) { errors { code field message } } }`,
    { input: { id: webhook.id } },
  );
  return payload.errors;
}

/** Points a webhook elsewhere behind the API's back, as a changed policy or an edit by SQL would, and has the service notice it. */
export async function moveWebhookBySql(
  service: Pick<TestService, "graphql" | "sql">,
  webhook: TestWebhook,
  url: string,
): Promise<void> {
  await service.sql("UPDATE webhook_configs SET url = $2 WHERE id = $1", [webhook.id, url]);
  await updateWebhook(service, webhook, { name: "Moved" });
}

export async function readWebhook(
  { graphql }: Api,
  webhook: TestWebhook,
): Promise<{ isActive: boolean; disabledReason: string | null }> {
  const { webhookConfig } = await graphql<{ webhookConfig: { isActive: boolean; disabledReason: string | null } }>(
    `query ($id: ID!) { webhookConfig(id: $id) { isActive disabledReason } }`,
    { id: webhook.id },
  );
  return webhookConfig;
}

export async function cancelDelivery({ graphql }: Api, deliveryId: string): Promise<UserErrors> {
  const { cancelDelivery: payload } = await graphql<{ cancelDelivery: { errors: UserErrors } }>(
    `mutation ($input: CancelDeliveryInput!) { cancelDelivery(input: $input) { errors { code field message } } }`,
    { input: { id: deliveryId } },
  );
  return payload.errors;
}

/** Answers how many became due; null with errors. */
export async function retryWaitingDeliveries(
  { graphql }: Api,
  webhook: TestWebhook,
): Promise<{ readonly count: number | null; readonly errors: UserErrors }> {
  const { retryWaitingDeliveries: payload } = await graphql<{
    retryWaitingDeliveries: { count: number | null; errors: UserErrors };
  }>(
    `mutation ($input: RetryWaitingDeliveriesInput!) { retryWaitingDeliveries(input: $input) { count errors { code field message } } }`,
    { input: { webhookConfigId: webhook.id } },
  );
  return payload;
}

export async function retryDelivery({ graphql }: Api, deliveryId: string): Promise<UserErrors> {
  const { retryDelivery: payload } = await graphql<{ retryDelivery: { errors: UserErrors } }>(
    `mutation ($input: RetryDeliveryInput!) { retryDelivery(input: $input) { errors { code field message } } }`,
    { input: { id: deliveryId } },
  );
  return payload.errors;
}
