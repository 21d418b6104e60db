import { Button } from "@mantine/core";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { z } from "zod/mini";
import styles from "../../components/form.module.css";
import { PageHeader } from "../../components/page-header.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { PasswordField } from "../../forms/password-field.tsx";
import { requiredText } from "../../forms/required-text.ts";
import { TextField } from "../../forms/text-field.tsx";
import { useServerForm } from "../../forms/use-server-form.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import { changePassword } from "../../session/account-api.ts";
import { givenPassword, newPassword } from "../../session/password-schemas.ts";
import { useAccountForm } from "../../session/use-account-form.tsx";
import { useViewer } from "../../session/viewer.ts";

const ProfilePage_Update = graphql(`
  mutation ProfilePage_Update($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user {
        name
      }
      errors {
        ...Refusal
      }
    }
  }
`);

/** What people decide about their own account. */
export function ProfilePage() {
  const intl = useIntl();
  const { viewer, reload } = useViewer();
  return (
    <>
      <PageHeader title={intl.formatMessage({ id: "profile.title" })} />
      <NamePanel name={viewer.name} onChanged={reload} />
      <PasswordPanel />
    </>
  );
}

const nameSchema = z.object({ name: requiredText });

function NamePanel({ name, onChanged }: { name: string; onChanged: () => void }) {
  const intl = useIntl();
  const [{ data }, update] = useMutation(ProfilePage_Update);
  const { form, submit, problem, isBusy } = useServerForm({
    schema: nameSchema,
    defaultValues: { name },
    send: async (input) => {
      const answer = await update({ input });
      return { errors: answer.data?.updateProfile.errors, error: answer.error };
    },
    onDone: onChanged,
  });
  return (
    <Panel title={intl.formatMessage({ id: "profile.nameTitle" })}>
      <form className={styles["form"]} onSubmit={submit} noValidate>
        {problem !== null && <Problem>{problem}</Problem>}
        <TextField
          form={form}
          name="name"
          maxLength={200}
          label={intl.formatMessage({ id: "account.name" })}
          autoComplete="name"
        />
        <Button type="submit" loading={isBusy}>
          <FormattedMessage id="profile.save" />
        </Button>
        <p role="status" className={styles["done"]}>
          {data?.updateProfile.user != null && <FormattedMessage id="profile.saved" />}
        </p>
      </form>
    </Panel>
  );
}

const passwordSchema = z.object({ current: givenPassword, next: newPassword });

function PasswordPanel() {
  const intl = useIntl();
  const [isChanged, setIsChanged] = useState(false);
  const { form, submit, problem, isBusy } = useAccountForm({
    schema: passwordSchema,
    defaultValues: { current: "", next: "" },
    send: ({ current, next }) => {
      setIsChanged(false);
      return changePassword(current, next);
    },
    onDone: () => {
      setIsChanged(true);
      form.reset();
    },
  });
  return (
    <Panel title={intl.formatMessage({ id: "profile.passwordTitle" })}>
      <form className={styles["form"]} onSubmit={submit} noValidate>
        {problem !== null && <Problem>{problem}</Problem>}
        <PasswordField
          form={form}
          name="current"
          label={intl.formatMessage({ id: "account.currentPassword" })}
          autoComplete="current-password"
        />
        <PasswordField
          form={form}
          name="next"
          label={intl.formatMessage({ id: "account.newPassword" })}
          description={intl.formatMessage({ id: "account.passwordHint" })}
          autoComplete="new-password"
        />
        <Button type="submit" loading={isBusy}>
          <FormattedMessage id="profile.changePassword" />
        </Button>
        <p role="status" className={styles["done"]}>
          {isChanged && <FormattedMessage id="profile.passwordChanged" />}
        </p>
      </form>
    </Panel>
  );
}
