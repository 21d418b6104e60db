import { type CombinedError, useQuery } from "urql";
import { graphql } from "../graphql/generated/gql.ts";
import { useViewer } from "./viewer.ts";

const OrganizationName_Organization = graphql(`
  query OrganizationName_Organization($id: ID!) {
    organization(id: $id) {
      id
      name
    }
  }
`);

export interface OrganizationName {
  /** Null until it is known, and when there is none. */
  readonly name: string | null;
  /** There is no organization with this id, or it is not within reach. */
  readonly isMissing: boolean;
  /** Why it could not be asked for; null when it could. */
  readonly error: CombinedError | null;
  readonly reload: () => void;
}

/** An organization's name by its id, which anybody may have written into the address. */
export function useOrganizationName(id: string): OrganizationName {
  const { viewer } = useViewer();
  const known = viewer.organizations.edges.find(({ node }) => node.id === id)?.node;
  const [{ data, error }, reload] = useQuery({
    query: OrganizationName_Organization,
    variables: { id },
    pause: known !== undefined,
  });
  const isRefused = (error?.graphQLErrors.length ?? 0) > 0;
  return {
    name: known?.name ?? data?.organization?.name ?? null,
    isMissing: known === undefined && (data?.organization === null || isRefused),
    error: known === undefined && !isRefused ? (error ?? null) : null,
    reload: () => reload({ requestPolicy: "network-only" }),
  };
}
