import { Button, Select, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation, useQuery } from "urql";
import { CodeBlock } from "../../components/code-block.tsx";
import { StateHint } from "../../components/list-states.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { Role } from "../../graphql/generated/graphql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import styles from "./members-page.module.css";
import { useRoleOptions } from "./use-role-options.ts";

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

const InvitationsPanel_Invite = graphql(`
  mutation InvitationsPanel_Invite($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      link
      errors {
        ...Refusal
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
  const invitations = data?.invitations.edges.map(({ node }) => node) ?? [];
  return (
    <Panel title={intl.formatMessage({ id: "members.invitations" })}>
      <InviteForm organizationId={organizationId} decidesAboutOwners={decidesAboutOwners} onInvited={reloadNow} />
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

function InviteForm({
  organizationId,
  decidesAboutOwners,
  onInvited,
}: {
  organizationId: string;
  decidesAboutOwners: boolean;
  onInvited: () => void;
}) {
  const intl = useIntl();
  const roles = useRoleOptions(decidesAboutOwners);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("VIEWER");
  const [{ data, error, fetching }, invite] = useMutation(InvitationsPanel_Invite);
  const problem = useRefusalText(data?.inviteMember.errors, error);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await invite({ input: { organizationId, email, role } });
    if (answer.data?.inviteMember.link == null) return;
    setEmail("");
    onInvited();
  };
  return (
    <>
      <form className={styles["invite"]} onSubmit={submit}>
        <TextInput
          className={styles["email"] ?? ""}
          required
          withAsterisk={false}
          inputMode="email"
          label={intl.formatMessage({ id: "account.email" })}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <Select
          className={styles["role"] ?? ""}
          label={intl.formatMessage({ id: "members.role" })}
          data={roles}
          value={role}
          allowDeselect={false}
          onChange={(next) => setRole(next as Role)}
        />
        <Button type="submit" loading={fetching}>
          <FormattedMessage id="members.invite" />
        </Button>
      </form>
      {problem !== null && !fetching && (
        <div className={styles["link"]}>
          <Problem>{problem}</Problem>
        </div>
      )}
      {data?.inviteMember.link != null && (
        <div className={styles["link"]} role="status">
          <StateHint>
            <FormattedMessage id="members.linkHint" />
          </StateHint>
          <CodeBlock
            label={intl.formatMessage({ id: "members.link" })}
            copyLabel={intl.formatMessage({ id: "members.copyLink" })}
            text={data.inviteMember.link}
          />
        </div>
      )}
    </>
  );
}
