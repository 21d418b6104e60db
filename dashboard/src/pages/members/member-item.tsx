import { Button, NativeSelect } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { Problem } from "../../components/problem.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { MemberItemFragment, Role } from "../../graphql/generated/graphql.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import styles from "./members-page.module.css";
import { useRoleOptions } from "./use-role-options.ts";

graphql(`
  fragment MemberItem on Member {
    id
    role
    user {
      id
      name
      email
    }
  }
`);

const MemberItem_SetRole = graphql(`
  mutation MemberItem_SetRole($input: UpdateMemberRoleInput!) {
    updateMemberRole(input: $input) {
      member {
        ...MemberItem
      }
      errors {
        ...Refusal
      }
    }
  }
`);

const MemberItem_Remove = graphql(`
  mutation MemberItem_Remove($input: RemoveMemberInput!) {
    removeMember(input: $input) {
      memberId
      errors {
        ...Refusal
      }
    }
  }
`);

export function MemberItem({
  member,
  isViewer,
  canChange,
  decidesAboutOwners,
  onChanged,
}: {
  member: MemberItemFragment;
  /** Whether it is the one who looks. */
  isViewer: boolean;
  canChange: boolean;
  decidesAboutOwners: boolean;
  onChanged: () => void;
}) {
  const intl = useIntl();
  const roles = useRoleOptions(decidesAboutOwners);
  const [setting, setRole] = useMutation(MemberItem_SetRole);
  const [removing, remove] = useMutation(MemberItem_Remove);
  const settingProblem = useRefusalText(setting.data?.updateMemberRole.errors, setting.error);
  const removingProblem = useRefusalText(removing.data?.removeMember.errors, removing.error);
  const problem = settingProblem ?? removingProblem;
  const [isAsking, confirmation] = useDisclosure(false);
  const isBusy = setting.fetching || removing.fetching;
  const roleLabel = intl.formatMessage({ id: "members.roleOf" }, { name: member.user.name });
  const removal = isViewer ? "leave" : "remove";
  return (
    <li className={styles["item"]} aria-label={member.user.name}>
      <span className={styles["person"]}>
        <span className={styles["name"]}>{member.user.name}</span>
        <span className={styles["detail"]}>{member.user.email}</span>
      </span>
      {canChange ? (
        <NativeSelect
          className={styles["role"] ?? ""}
          aria-label={roleLabel}
          data={roles}
          value={member.role}
          disabled={isBusy}
          onChange={(event) => {
            const role = event.currentTarget.value as Role;
            void setRole({ input: { id: member.id, role } }).then(onChanged);
          }}
        />
      ) : (
        <span className={styles["role"]}>
          <FormattedMessage id={`role.${member.role}`} />
        </span>
      )}
      {(canChange || isViewer) && (
        <Button variant="default" size="sm" loading={removing.fetching} disabled={isBusy} onClick={confirmation.open}>
          <FormattedMessage id={`members.${removal}`} />
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        question={intl.formatMessage({ id: `members.question.${removal}` }, { name: member.user.name })}
        confirmLabel={intl.formatMessage({ id: `members.${removal}` })}
        isDestructive
        onConfirm={() => void remove({ input: { id: member.id } }).then(onChanged)}
        onClose={confirmation.close}
      />
      {problem !== null && !isBusy && (
        <div className={styles["problem"]}>
          <Problem>{problem}</Problem>
        </div>
      )}
    </li>
  );
}
