import { useCallback } from "react";
import { useQuery } from "urql";
import { graphql } from "../graphql/generated/gql.ts";
import { useOrganizationUpdates } from "../graphql/use-organization-updates.ts";
import { useOrganization } from "../session/organization.ts";
import { type RetryObstacle, retryObstacle } from "./retry-obstacle.ts";

const RetryObstacle_Webhooks = graphql(`
  query RetryObstacle_Webhooks($organizationId: ID!) {
    webhookConfigs(organizationId: $organizationId, first: 100) {
      edges {
        node {
          id
          isActive
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

/** Answers, as things stand now, why the server would refuse to send something to a webhook again; null where it would not. */
export function useRetryObstacle(): (webhookConfigId: string) => RetryObstacle | null {
  const { id: organizationId } = useOrganization();
  const [{ data }, reload] = useQuery({
    query: RetryObstacle_Webhooks,
    variables: { organizationId },
    requestPolicy: "cache-and-network",
  });
  useOrganizationUpdates(organizationId, ["WEBHOOKS"], () => reload({ requestPolicy: "network-only" }));
  const webhooks = data?.webhookConfigs;
  return useCallback((webhookConfigId) => retryObstacle(webhooks, webhookConfigId), [webhooks]);
}
