import { useEffect, useMemo } from "react";
import { useQuery } from "urql";
import { graphql } from "../graphql/generated/gql.ts";
import type { AttemptOutcome, WebhookTroubleFragment } from "../graphql/generated/graphql.ts";
import { conditionOf, isFailing, type RecentDeliveries } from "./webhook-condition.ts";

const LatestFailures_Deliveries = graphql(`
  query LatestFailures_Deliveries($organizationId: ID!, $webhookConfigIds: [ID!]!, $since: DateTime!, $first: Int!) {
    deliveries(
      organizationId: $organizationId
      filter: { webhookConfigId: $webhookConfigIds, status: [RETRYING, FAILED], since: $since }
      first: $first
    ) {
      edges {
        node {
          id
          outcome
          responseStatus
          errorCode
          webhookConfig {
            id
          }
        }
      }
    }
  }
`);

/** How many failures are looked at; a webhook with none among them only says since when it fails. */
const failuresMax = 50;

export interface LatestFailure {
  /** Null where the request could not be rendered. */
  readonly outcome?: AttemptOutcome | null;
  readonly responseStatus?: number | null;
  readonly errorCode?: string | null;
}

/** The latest failure of each webhook whose attempts fail, all or some, by the webhook's id: one query for all of them. */
export function useLatestFailures(
  organizationId: string,
  webhooks: readonly WebhookTroubleFragment[],
  recent: ReadonlyMap<string, RecentDeliveries>,
  since: string,
): ReadonlyMap<string, LatestFailure> {
  const failing = webhooks.filter((webhook) => isFailing(conditionOf(webhook, recent.get(webhook.id))));
  const ids = failing.map(({ id }) => id).join(" ");
  const attempts = failing.reduce((sum, { health }) => sum + health.failedAttempts, 0);
  const variables = useMemo(
    () => ({ organizationId, webhookConfigIds: ids.split(" "), since, first: failuresMax }),
    [organizationId, ids, since],
  );
  const [{ data }, reload] = useQuery({ query: LatestFailures_Deliveries, variables, pause: ids === "" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further failed attempt may have another reason
  useEffect(() => {
    if (ids !== "") reload({ requestPolicy: "network-only" });
  }, [ids, attempts, reload]);

  return useMemo(() => {
    const latest = new Map<string, LatestFailure>();
    for (const { node } of data?.deliveries.edges ?? []) {
      const isToldOf = node.outcome != null || node.errorCode != null;
      if (isToldOf && !latest.has(node.webhookConfig.id)) latest.set(node.webhookConfig.id, node);
    }
    return latest;
  }, [data]);
}
