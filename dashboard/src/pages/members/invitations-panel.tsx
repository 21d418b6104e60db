import { Button } from "@mantine/core";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation, useQuery } from "urql";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useOrganizationUpdates } from "../../graphql/use-organization-updates.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import { InviteForm } from "./invite-form.tsx";
import styles from "./members-page.module.css";

const InvitationsPanel_Invitations = graphql(`
  query InvitationsPanel_Invitations($organizationId: ID!) {
    invitations(organizationId: $organizationId, first: 100) {
      edges {
        node {
          id
          email
          role
          expiresAt
        }
      }
    }
  }
`);

const InvitationsPanel_Cancel = graphql(`
  mutation InvitationsPanel_Cancel($input: CancelInvitationInput!) {
    cancelInvitation(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`);

/** Who was invited, and inviting. There is no mail: the link is handed over by hand. */
export function InvitationsPanel({
  organizationId,
  decidesAboutOwners,
}: {
  organizationId: string;
  decidesAboutOwners: boolean;
}) {
  const intl = useIntl();
  const [{ data }, reload] = useQuery({
    query: InvitationsPanel_Invitations,
    variables: { organizationId },
    requestPolicy: "cache-and-network",
  });
  const [cancelling, cancel] = useMutation(InvitationsPanel_Cancel);
  const reloadNow = () => reload({ requestPolicy: "network-only" });
  const problem = useRefusalText(cancelling.data?.cancelInvitation.errors, cancelling.error);
  useOrganizationUpdates(organizationId, ["MEMBERS"], reloadNow);
  const invitations = data?.invitations.edges.map(({ node }) => node) ?? [];
  return (
    <Panel title={intl.formatMessage({ id: "members.invitations" })}>
      <InviteForm organizationId={organizationId} decidesAboutOwners={decidesAboutOwners} onInvited={reloadNow} />
      {problem !== null && !cancelling.fetching && (
        <div className={styles["link"]}>
          <Problem>{problem}</Problem>
        </div>
      )}
      <ul className={styles["list"]} aria-label={intl.formatMessage({ id: "members.invitations" })}>
        {invitations.map(({ id, email, role, expiresAt }) => (
          <li key={id} className={styles["item"]} aria-label={email}>
            <span className={styles["person"]}>
              <span className={styles["name"]}>{email}</span>
              <span className={styles["detail"]}>
                <FormattedMessage id={`role.${role}`} />
                {" · "}
                <FormattedMessage id="members.expires" values={{ when: <RelativeTime at={expiresAt} /> }} />
              </span>
            </span>
            <Button
              variant="default"
              size="sm"
              disabled={cancelling.fetching}
              onClick={() => void cancel({ input: { id } }).then(reloadNow)}
            >
              <FormattedMessage id="members.cancelInvitation" />
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
