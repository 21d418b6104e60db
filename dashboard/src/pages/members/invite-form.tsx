import { Button, NativeSelect } from "@mantine/core";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { z } from "zod/mini";
import { CodeBlock } from "../../components/code-block.tsx";
import { StateHint } from "../../components/list-states.tsx";
import { Problem } from "../../components/problem.tsx";
import { requiredText } from "../../forms/required-text.ts";
import { TextField } from "../../forms/text-field.tsx";
import { useServerForm } from "../../forms/use-server-form.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import type { Role } from "../../graphql/generated/graphql.ts";
import styles from "./members-page.module.css";
import { useRoleOptions } from "./use-role-options.ts";

const InviteForm_Invite = graphql(`
  mutation InviteForm_Invite($input: InviteMemberInput!) {
    inviteMember(input: $input) {
      link
      errors {
        ...Refusal
      }
    }
  }
`);

const schema = z.object({ email: requiredText, role: z.custom<Role>() });

/** Invites a person, and shows the link to hand over, this once. */
export function InviteForm({
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
  const [{ data }, invite] = useMutation(InviteForm_Invite);
  const { form, submit, problem, isBusy } = useServerForm<z.infer<typeof schema>>({
    schema,
    defaultValues: { email: "", role: "VIEWER" },
    send: async (invitation) => {
      const answer = await invite({ input: { organizationId, ...invitation } });
      return { errors: answer.data?.inviteMember.errors, error: answer.error };
    },
    onDone: () => {
      form.resetField("email");
      onInvited();
    },
  });
  return (
    <>
      <form className={styles["invite"]} onSubmit={submit} noValidate>
        <TextField
          form={form}
          name="email"
          className={styles["email"] ?? ""}
          inputMode="email"
          label={intl.formatMessage({ id: "account.email" })}
          autoComplete="off"
          spellCheck={false}
        />
        <NativeSelect
          className={styles["role"] ?? ""}
          label={intl.formatMessage({ id: "members.role" })}
          data={roles}
          {...form.register("role")}
        />
        <Button className={styles["submit"] ?? ""} type="submit" loading={isBusy}>
          <FormattedMessage id="members.invite" />
        </Button>
      </form>
      {problem !== null && (
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
