import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type ReactNode, type SubmitEvent, useEffect, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import styles from "../../components/entrance.module.css";
import { Entrance } from "../../components/entrance.tsx";
import { Problem } from "../../components/problem.tsx";
import { beginOidc, type Refusal, readSignInOptions, signIn } from "../../session/account-api.ts";
import { RefusalMessage } from "../../session/refusal-message.tsx";

/** Address and password, or the identity provider. */
export function SignInForm({
  problem,
  returnTo,
  onSignedIn,
}: {
  /** Why somebody has to sign in; false when there is nothing to say. Gives way to why it did not work. */
  problem: ReactNode | false;
  /** Where the identity provider leads back to. */
  returnTo: string;
  onSignedIn: () => void;
}) {
  const intl = useIntl();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<(Refusal & { at: number }) | null>(null);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setIsBusy(true);
    const answer = await signIn(email.trim(), password);
    setIsBusy(false);
    if (answer.ok) onSignedIn();
    else setRefusal({ ...answer, at: Date.now() });
  };

  return (
    <Entrance title={<FormattedMessage id="app.title" />} intro={<FormattedMessage id="signIn.intro" />}>
      <form className={styles["form"]} onSubmit={submit}>
        {refusal !== null && (
          <Problem>
            <RefusalMessage refusal={refusal} at={refusal.at} />
          </Problem>
        )}
        {refusal === null && problem !== false && <Problem>{problem}</Problem>}
        <TextInput
          size="md"
          name="email"
          type="text"
          inputMode="email"
          required
          withAsterisk={false}
          label={intl.formatMessage({ id: "account.email" })}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          autoComplete="username"
          spellCheck={false}
          autoFocus
        />
        <PasswordInput
          size="md"
          name="password"
          required
          withAsterisk={false}
          label={intl.formatMessage({ id: "account.password" })}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": intl.formatMessage({ id: "account.showPassword" }) }}
        />
        <Button type="submit" size="md" fullWidth loading={isBusy}>
          <FormattedMessage id="signIn.submit" />
        </Button>
        <IdentityProvider returnTo={returnTo} onRefused={(refused) => setRefusal({ ...refused, at: Date.now() })} />
      </form>
    </Entrance>
  );
}

/** The other way in, if the service has one. */
function IdentityProvider({ returnTo, onRefused }: { returnTo: string; onRefused: (refusal: Refusal) => void }) {
  const [name, setName] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => {
    void readSignInOptions().then((answer) => setName(answer.ok ? (answer.data.oidc?.name ?? null) : null));
  }, []);
  if (name === null) return null;

  const leave = async () => {
    setIsBusy(true);
    const answer = await beginOidc(returnTo);
    if (answer.ok) return window.location.assign(answer.data.url);
    setIsBusy(false);
    onRefused(answer);
  };
  return (
    <>
      <p className={styles["or"]}>
        <FormattedMessage id="signIn.or" />
      </p>
      <Button variant="default" size="md" fullWidth loading={isBusy} onClick={() => void leave()}>
        <FormattedMessage id="signIn.with" values={{ name }} />
      </Button>
    </>
  );
}
