import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { z } from "zod/mini";
import styles from "../../components/entrance.module.css";
import { Entrance } from "../../components/entrance.tsx";
import { LoadingState } from "../../components/list-states.tsx";
import { Problem } from "../../components/problem.tsx";
import { PasswordField } from "../../forms/password-field.tsx";
import { requiredText } from "../../forms/required-text.ts";
import { TextField } from "../../forms/text-field.tsx";
import {
  type Answer,
  acceptInvitation,
  findInvitation,
  type OpenInvitation,
  signOut,
} from "../../session/account-api.ts";
import { newPassword } from "../../session/password-schemas.ts";
import { RefusalMessage } from "../../session/refusal-message.tsx";
import { SignInForm } from "../../session/sign-in-form.tsx";
import { useAccountForm } from "../../session/use-account-form.tsx";
import { useSession } from "../../session/use-session.ts";

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

  if (wantsToSignIn && user === null) return <SignInForm problem={null} returnTo="/" onSignedIn={check} />;
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

const newPersonSchema = z.object({ name: requiredText, password: newPassword });

function NewPerson({ token, email }: { token: string; email: string }) {
  const intl = useIntl();
  const { form, submit, problem, isBusy } = useAccountForm({
    schema: newPersonSchema,
    defaultValues: { name: "", password: "" },
    send: (person) => acceptInvitation({ token, ...person }),
    onDone: leaveInvitation,
  });
  return (
    <form className={styles["form"]} onSubmit={submit} noValidate>
      {problem !== null && <Problem>{problem}</Problem>}
      <input type="hidden" name="email" value={email} autoComplete="username" />
      <TextField
        form={form}
        name="name"
        size="md"
        maxLength={200}
        label={intl.formatMessage({ id: "account.name" })}
        autoComplete="name"
        autoFocus
      />
      <PasswordField
        form={form}
        name="password"
        size="md"
        label={intl.formatMessage({ id: "account.newPassword" })}
        description={intl.formatMessage({ id: "account.passwordHint" })}
        autoComplete="new-password"
      />
      <AcceptButton isBusy={isBusy} />
    </form>
  );
}

const knownPersonSchema = z.object({});

function KnownPerson({ token }: { token: string }) {
  const { submit, problem, isBusy } = useAccountForm({
    schema: knownPersonSchema,
    defaultValues: {},
    send: () => acceptInvitation({ token }),
    onDone: leaveInvitation,
  });
  return (
    <form className={styles["form"]} onSubmit={submit}>
      {problem !== null && <Problem>{problem}</Problem>}
      <AcceptButton isBusy={isBusy} />
    </form>
  );
}

function AcceptButton({ isBusy }: { isBusy: boolean }) {
  return (
    <Button type="submit" size="md" fullWidth loading={isBusy}>
      <FormattedMessage id="invitation.accept" />
    </Button>
  );
}

/** Loads the start page anew, in place: the secret has been used, and does not belong into the history. */
function leaveInvitation(): void {
  window.location.replace("/");
}

function roleOf({ role }: OpenInvitation): "OWNER" | "ADMIN" | "VIEWER" {
  return role.toUpperCase() as "OWNER" | "ADMIN" | "VIEWER";
}
