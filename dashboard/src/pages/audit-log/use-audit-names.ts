import { useMemo } from "react";
import { useQuery } from "urql";
import { graphql } from "../../graphql/generated/gql.ts";
import { useOrganization } from "../../session/organization.ts";

const UseAuditNames_Names = graphql(`
  query UseAuditNames_Names($organizationId: ID!) {
    members(organizationId: $organizationId, first: 100) {
      edges {
        node {
          id
          user {
            id
            name
          }
        }
      }
    }
    apiKeys(organizationId: $organizationId, first: 100) {
      edges {
        node {
          id
          name
        }
      }
    }
    webhookConfigs(organizationId: $organizationId, first: 100) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface AuditNames {
  /** Who may have done something: people, then keys. */
  readonly actors: readonly Named[];
  /** What things are called now, by id: people, memberships, keys and webhooks. */
  readonly targets: ReadonlyMap<string, string>;
  readonly reload: () => void;
}

/** The names behind the ids in the audit log. */
export function useAuditNames(): AuditNames {
  const { id: organizationId } = useOrganization();
  const [{ data }, execute] = useQuery({ query: UseAuditNames_Names, variables: { organizationId } });
  const names = useMemo(() => {
    const members = data?.members.edges.map(({ node }) => node) ?? [];
    const people = members.map(({ user }) => user);
    const keys = data?.apiKeys.edges.map(({ node }) => node) ?? [];
    const webhooks = data?.webhookConfigs.edges.map(({ node }) => node) ?? [];
    const memberships = members.map(({ id, user }) => ({ id, name: user.name }));
    return {
      actors: [...people, ...keys],
      targets: new Map([...people, ...memberships, ...keys, ...webhooks].map(({ id, name }) => [id, name])),
    };
  }, [data]);
  return { ...names, reload: () => execute({ requestPolicy: "network-only" }) };
}
