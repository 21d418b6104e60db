import type { TestOrganization } from "./fixtures.ts";
import { OPERATOR_KEY, type TestService } from "./test-service.ts";

export type Scope = "PUBLISH" | "READ" | "MANAGE";

export interface TestApiKey {
  readonly id: string;
  /** The credential itself. */
  readonly key: string;
}

/** A key of the organization, or an operator key without one. @throws when it is refused. */
export async function createApiKey(
  { graphql }: Pick<TestService, "graphql">,
  organization: TestOrganization | null,
  scopes: readonly Scope[],
  expiresAt: Date | null = null,
): Promise<TestApiKey> {
  const { createApiKey: payload } = await graphql<{
    createApiKey: { apiKey: { id: string } | null; key: string; errors: unknown[] };
  }>(
    "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id } key errors { code field message } } }",
    { input: { name: "Test", organizationId: organization?.id ?? null, scopes, expiresAt } },
    OPERATOR_KEY,
  );
  if (payload.apiKey === null) throw new Error(JSON.stringify(payload.errors));
  return { id: payload.apiKey.id, key: payload.key };
}
