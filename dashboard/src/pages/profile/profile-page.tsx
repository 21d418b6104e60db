import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import styles from "../../components/form.module.css";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { changePassword, type Refusal } from "../../session/account-api.ts";
import { RefusalMessage } from "../../session/refusal-message.tsx";

const ProfilePage_Update = graphql(`
  mutation ProfilePage_Update($input: UpdateProfileInput!) {
    updateProfile(input: $input) {
      user {
        name
      }
      errors {
        message
      }
    }
  }
`);

/** What people decide about their own account. */
export function ProfilePage({ name, onNameChanged }: { name: string; onNameChanged: () => void }) {
  return (
    <>
      <NamePanel name={name} onChanged={onNameChanged} />
      <PasswordPanel />
    </>
  );
}

function NamePanel({ name, onChanged }: { name: string; onChanged: () => void }) {
  const intl = useIntl();
  const [value, setValue] = useState(name);
  const [{ data, error, fetching }, update] = useMutation(ProfilePage_Update);
  const problem = data?.updateProfile.errors.map(({ message }) => message).join(" ") || error?.message || null;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await update({ input: { name: value } });
    if (answer.data?.updateProfile.user != null) onChanged();
  };
  return (
    <Panel title={intl.formatMessage({ id: "profile.title" })}>
      <form className={styles["form"]} onSubmit={submit}>
        {problem !== null && <Problem>{problem}</Problem>}
        <TextInput
          required
          withAsterisk={false}
          maxLength={200}
          label={intl.formatMessage({ id: "account.name" })}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          autoComplete="name"
        />
        <Button type="submit" loading={fetching}>
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
