import { Button, PasswordInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { z } from "zod/mini";
import styles from "../../components/form.module.css";
import { PageHeader } from "../../components/page-header.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { TextField } from "../../forms/text-field.tsx";
import { useServerForm } from "../../forms/use-server-form.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import { changePassword, type Refusal } from "../../session/account-api.ts";
import { RefusalMessage } from "../../session/refusal-message.tsx";
import { useViewer } from "../../session/viewer.ts";

const ProfilePage_Update = graphql(`
  mutation ProfilePage_Update($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user {
        name
      }
      errors {
        code
        field
        message
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

const nameSchema = z.object({ name: z.string().check(z.trim(), z.minLength(1, "form.required")) });

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

function PasswordPanel() {
  const intl = useIntl();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [outcome, setOutcome] = useState<"changed" | (Refusal & { at: number }) | null>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setIsBusy(true);
    const answer = await changePassword(current, next);
    setIsBusy(false);
    setOutcome(answer.ok ? "changed" : { ...answer, at: Date.now() });
    if (!answer.ok) return;
    setCurrent("");
    setNext("");
  };
  const showLabel = { "aria-label": intl.formatMessage({ id: "account.showPassword" }) };
  return (
    <Panel title={intl.formatMessage({ id: "profile.passwordTitle" })}>
      <form className={styles["form"]} onSubmit={submit}>
        {outcome !== null && outcome !== "changed" && (
          <Problem>
            <RefusalMessage refusal={outcome} at={outcome.at} />
          </Problem>
        )}
        <PasswordInput
          required
          withAsterisk={false}
          label={intl.formatMessage({ id: "account.currentPassword" })}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          autoComplete="current-password"
          visibilityToggleButtonProps={showLabel}
        />
        <PasswordInput
          required
          withAsterisk={false}
          minLength={12}
          maxLength={128}
          label={intl.formatMessage({ id: "account.newPassword" })}
          description={intl.formatMessage({ id: "account.passwordHint" })}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          autoComplete="new-password"
          visibilityToggleButtonProps={showLabel}
        />
        <Button type="submit" loading={isBusy}>
          <FormattedMessage id="profile.changePassword" />
        </Button>
        <p role="status" className={styles["done"]}>
          {outcome === "changed" && <FormattedMessage id="profile.passwordChanged" />}
        </p>
      </form>
    </Panel>
  );
}
