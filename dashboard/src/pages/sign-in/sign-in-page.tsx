import { Button, PasswordInput, TextInput } from "@mantine/core";
import { type SubmitEvent, useEffect, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import styles from "../../components/entrance.module.css";
import { Entrance } from "../../components/entrance.tsx";
import { Problem } from "../../components/problem.tsx";
import type { MessageId } from "../../i18n/en.ts";
import { beginOidc, type Refusal, readSignInOptions, signIn } from "../../session/account-api.ts";
import { RefusalMessage } from "../../session/refusal-message.tsx";
import { setSearchParams, useSearchParam } from "../../url/use-search-param.ts";

/** Why the identity provider's answer let nobody in, as far as people can do something about it. */
const OIDC_PROBLEMS: Readonly<Record<string, MessageId>> = {
  not_invited: "signIn.notInvited",
  email_not_verified: "signIn.emailNotVerified",
  access_denied: "signIn.oidcDenied",
};

export function SignInPage({ hasEnded, onSignedIn }: { hasEnded: boolean; onSignedIn: () => void }) {
  const intl = useIntl();
  const [oidcError] = useSearchParam("error");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<(Refusal & { at: number }) | null>(null);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setSearchParams({ error: null });
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
        {refusal === null && oidcError !== null && (
          <Problem>
            <FormattedMessage id={OIDC_PROBLEMS[oidcError] ?? "signIn.oidcFailed"} />
          </Problem>
        )}
        {refusal === null && oidcError === null && hasEnded && (
          <Problem>
            <FormattedMessage id="signIn.ended" />
          </Problem>
        )}
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
        <IdentityProvider onRefused={(refused) => setRefusal({ ...refused, at: Date.now() })} />
      </form>
    </Entrance>
  );
}

/** The other way in, if the service has one. It leads back to the address that the person is at now. */
function IdentityProvider({ onRefused }: { onRefused: (refusal: Refusal) => void }) {
  const [name, setName] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => {
    void readSignInOptions().then((answer) => setName(answer.ok ? (answer.data.oidc?.name ?? null) : null));
  }, []);
  if (name === null) return null;

  const leave = async () => {
    setIsBusy(true);
    setSearchParams({ error: null });
    const answer = await beginOidc(window.location.pathname + window.location.search);
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
