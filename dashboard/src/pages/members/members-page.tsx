import { useIntl } from "react-intl";
import { useQuery } from "urql";
import { ErrorState, LoadingState } from "../../components/list-states.tsx";
import { Panel } from "../../components/panel.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { Role } from "../../graphql/generated/graphql.ts";
import { InvitationsPanel } from "./invitations-panel.tsx";
import { MemberItem } from "./member-item.tsx";
import styles from "./members-page.module.css";

const MembersPage_Members = graphql(`
  query MembersPage_Members($organizationId: ID!) {
    members(organizationId: $organizationId, first: 100) {
      edges {
        node {
          ...MemberItem
        }
      }
    }
  }
`);

/** The people of an organization; who may change what is decided by the server, and not offered where it would refuse. */
export function MembersPage({
  organizationId,
  viewerId,
  role,
  isOperator,
}: {
  organizationId: string;
  viewerId: string;
  /** What the viewer is here; null when the viewer is none of its people. */
  role: Role | null;
  isOperator: boolean;
}) {
  const intl = useIntl();
  const [{ data, error }, reload] = useQuery({
    query: MembersPage_Members,
    variables: { organizationId },
    requestPolicy: "cache-and-network",
  });
  const reloadNow = () => reload({ requestPolicy: "network-only" });
  const decidesAboutOwners = isOperator || role === "OWNER";
  const canAdminister = decidesAboutOwners || role === "ADMIN";
  return (
    <>
      <Panel title={intl.formatMessage({ id: "members.title" })}>
        {data === undefined && error === undefined && <LoadingState label={intl.formatMessage({ id: "loading" })} />}
        {data === undefined && error !== undefined && <ErrorState error={error} onRetry={reloadNow} />}
        {data !== undefined && (
          <ul className={styles["list"]} aria-label={intl.formatMessage({ id: "members.title" })}>
            {data.members.edges.map(({ node }) => (
              <MemberItem
                key={node.id}
                member={node}
                isViewer={node.user.id === viewerId}
                canChange={canAdminister && (decidesAboutOwners || node.role !== "OWNER")}
                decidesAboutOwners={decidesAboutOwners}
                onChanged={reloadNow}
              />
            ))}
          </ul>
        )}
      </Panel>
      {canAdminister && <InvitationsPanel organizationId={organizationId} decidesAboutOwners={decidesAboutOwners} />}
    </>
  );
}
