import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type SubmitEvent, useEffect, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import styles from "../../components/entrance.module.css";
import { Entrance } from "../../components/entrance.tsx";
import { LoadingState } from "../../components/list-states.tsx";
import { Problem } from "../../components/problem.tsx";
import {
  type Answer,
  acceptInvitation,
  findInvitation,
  type OpenInvitation,
  type Refusal,
  signOut,
} from "../../session/account-api.ts";
import { RefusalMessage } from "../../session/refusal-message.tsx";
import { useSession } from "../../session/use-session.ts";
import { SignInForm } from "../sign-in/sign-in-form.tsx";

/** Where an invitation's link leads. Its secret is behind the `#`, which browsers tell no server. */
export function InvitationPage() {
  const intl = useIntl();
  const { session, check } = useSession();
  const user = session.state === "signedIn" ? session.user : null;
  const [token] = useState(() => window.location.hash.slice(1));
  const [found, setFound] = useState<Answer<{ invitation: OpenInvitation }> | null>(null);
  const [wantsToSignIn, setWantsToSignIn] = useState(false);
  useEffect(() => {
    void findInvitation(token).then(setFound);
  }, [token]);

  if (wantsToSignIn && user === null) return <SignInForm problem={false} returnTo="/" onSignedIn={check} />;
  const invitation = found?.ok ? found.data.invitation : null;
  return (
    <Entrance
      title={
        invitation === null ? (
          <FormattedMessage id="invitation.title" />
        ) : (
          <FormattedMessage id="invitation.titleOf" values={{ organization: invitation.organization_name }} />
        )
      }
      intro={
        invitation !== null && (
          <FormattedMessage
            id="invitation.intro"
            values={{ email: invitation.email, role: intl.formatMessage({ id: `role.${roleOf(invitation)}` }) }}
          />
        )
      }
    >
      {found === null && <LoadingState label={intl.formatMessage({ id: "loading" })} />}
      {found !== null && !found.ok && (
        <Problem>
          <RefusalMessage refusal={found} at={0} />
        </Problem>
      )}
      {invitation !== null && user === null && !invitation.has_account && (
        <NewPerson token={token} email={invitation.email} />
      )}
      {invitation !== null && user === null && invitation.has_account && (
        <div className={styles["form"]}>
          <FormattedMessage id="invitation.hasAccount" />
          <Button size="md" fullWidth onClick={() => setWantsToSignIn(true)}>
            <FormattedMessage id="signIn.submit" />
          </Button>
        </div>
      )}
      {invitation !== null && user !== null && user.email === invitation.email && <KnownPerson token={token} />}
      {invitation !== null && user !== null && user.email !== invitation.email && (
        <div className={styles["form"]}>
          <Problem>
            <FormattedMessage id="invitation.otherPerson" values={{ email: user.email }} />
          </Problem>
          <Button variant="default" size="md" fullWidth onClick={() => void signOut().then(check)}>
            <FormattedMessage id="signOut" />
          </Button>
        </div>
      )}
    </Entrance>
  );
}

function NewPerson({ token, email }: { token: string; email: string }) {
  const intl = useIntl();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const { isBusy, refusal, accept } = useAcceptance();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void accept({ token, name, password });
  };
  return (
    <form className={styles["form"]} onSubmit={submit}>
      {refusal !== null && (
        <Problem>
          <RefusalMessage refusal={refusal} at={0} />
        </Problem>
      )}
      <input type="hidden" name="email" value={email} autoComplete="username" />
      <TextInput
        size="md"
        name="name"
        required
        withAsterisk={false}
        label={intl.formatMessage({ id: "account.name" })}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        autoComplete="name"
        autoFocus
      />
      <PasswordInput
        size="md"
        name="password"
        required
        withAsterisk={false}
        minLength={12}
        maxLength={128}
        label={intl.formatMessage({ id: "account.newPassword" })}
        description={intl.formatMessage({ id: "account.passwordHint" })}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ "aria-label": intl.formatMessage({ id: "account.showPassword" }) }}
      />
      <Button type="submit" size="md" fullWidth loading={isBusy}>
        <FormattedMessage id="invitation.accept" />
      </Button>
    </form>
  );
}

function KnownPerson({ token }: { token: string }) {
  const { isBusy, refusal, accept } = useAcceptance();
  return (
    <div className={styles["form"]}>
      {refusal !== null && (
        <Problem>
          <RefusalMessage refusal={refusal} at={0} />
        </Problem>
      )}
      <Button size="md" fullWidth loading={isBusy} onClick={() => void accept({ token })}>
        <FormattedMessage id="invitation.accept" />
      </Button>
    </div>
  );
}

function useAcceptance() {
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const accept = async (input: Parameters<typeof acceptInvitation>[0]) => {
    setIsBusy(true);
    const answer = await acceptInvitation(input);
    setIsBusy(false);
    if (answer.ok) onAccepted();
    else setRefusal(answer);
  };
  return { isBusy, refusal, accept };
}

/** Loads the start page anew, in place: the secret has been used, and does not belong into the history. */
function onAccepted(): void {
  window.location.replace("/");
}

function roleOf({ role }: OpenInvitation): "OWNER" | "ADMIN" | "VIEWER" {
  return role.toUpperCase() as "OWNER" | "ADMIN" | "VIEWER";
}
