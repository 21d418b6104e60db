import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { EmptyState, StateHint } from "../../components/list-states.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { Panel } from "../../components/panel.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useOrganizationUpdates } from "../../graphql/use-organization-updates.ts";
import { useOrganization } from "../../session/organization.ts";
import { useViewer } from "../../session/viewer.ts";
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
export function MembersPage() {
  const intl = useIntl();
  const { viewer } = useViewer();
  const { id: organizationId, access } = useOrganization();
  const [{ data, error }, reload] = useQuery({
    query: MembersPage_Members,
    variables: { organizationId },
    requestPolicy: "cache-and-network",
  });
  const reloadNow = () => reload({ requestPolicy: "network-only" });
  useOrganizationUpdates(organizationId, ["MEMBERS"], reloadNow);
  const { canAdminister, decidesAboutOwners } = access;
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: "members.title" })}
        description={intl.formatMessage({ id: "members.description" })}
      />
      <Panel title={intl.formatMessage({ id: "members.people" })}>
        <QueryBoundary data={data} error={error} onRetry={reloadNow}>
          {({ members: { edges } }) =>
            edges.length === 0 ? (
              <EmptyState title={intl.formatMessage({ id: "members.empty" })}>
                <StateHint>
                  <FormattedMessage id="members.emptyHint" />
                </StateHint>
              </EmptyState>
            ) : (
              <ul className={styles["list"]} aria-label={intl.formatMessage({ id: "members.title" })}>
                {edges.map(({ node }) => (
                  <MemberItem
                    key={node.id}
                    member={node}
                    isViewer={node.user.id === viewer.id}
                    canChange={canAdminister && (decidesAboutOwners || node.role !== "OWNER")}
                    decidesAboutOwners={decidesAboutOwners}
                    onChanged={reloadNow}
                  />
                ))}
              </ul>
            )
          }
        </QueryBoundary>
      </Panel>
      {canAdminister && <InvitationsPanel organizationId={organizationId} decidesAboutOwners={decidesAboutOwners} />}
    </>
  );
}
