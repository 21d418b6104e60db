import type { TestOrganization } from "./fixtures.ts";
import type { TestService } from "./test-service.ts";

export interface TemplateWebhook {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly templateId: string | null;
}

export interface CreateAnswer {
  readonly webhookConfig: TemplateWebhook | null;
  readonly errors: readonly {
    readonly code: string;
    readonly field: string | null;
    readonly reason: string | null;
    readonly message: string;
    readonly allowed: readonly string[] | null;
  }[];
}

/** Makes a webhook from a template, with what is given beside it. */
export async function createFromTemplate(
  { graphql }: Pick<TestService, "graphql">,
  organization: TestOrganization,
  template: Readonly<Record<string, unknown>>,
  beside: Readonly<Record<string, unknown>> = {},
): Promise<CreateAnswer> {
  const { createWebhookConfig } = await graphql<{ createWebhookConfig: CreateAnswer }>(
    `mutation ($input: CreateWebhookConfigInput!) { createWebhookConfig(input: $input) {
       webhookConfig { id name url events templateId } errors { code field reason message allowed } } }`,
    { input: { organizationId: organization.id, template, ...beside } },
  );
  return createWebhookConfig;
}
