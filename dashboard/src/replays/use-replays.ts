import { useQuery } from "urql";
import { useNowMs } from "../components/now.ts";
import { graphql } from "../graphql/generated/gql.ts";
import type { ReplayProgressFragment } from "../graphql/generated/graphql.ts";
import { useOrganizationUpdates } from "../graphql/use-organization-updates.ts";

const Replays_Replays = graphql(`
  query Replays_Replays($organizationId: ID!) {
    replays(organizationId: $organizationId, first: 10) {
      edges {
        node {
          ...ReplayProgress
        }
      }
    }
  }
`);

/** How long the result of a replay is still shown. */
const recentMs = 10 * 60_000;

/** The replays that run, whoever started them, and those that have just ended. */
export function useReplays(organizationId: string): {
  readonly replays: readonly ReplayProgressFragment[];
  readonly reload: () => void;
} {
  const [{ data }, execute] = useQuery({
    query: Replays_Replays,
    variables: { organizationId },
    requestPolicy: "cache-and-network",
  });
  const reload = () => execute({ requestPolicy: "network-only" });
  useOrganizationUpdates(organizationId, ["REPLAYS"], reload);
  const recent = useNowMs() - recentMs;
  const replays = (data?.replays.edges ?? [])
    .map(({ node }) => node)
    .filter(
      ({ status, finishedAt, createdAt }) => status === "RUNNING" || Date.parse(finishedAt ?? createdAt) > recent,
    );
  return { replays, reload };
}
