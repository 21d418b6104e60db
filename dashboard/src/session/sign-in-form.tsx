import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { z } from "zod/mini";
import styles from "../components/entrance.module.css";
import { Entrance } from "../components/entrance.tsx";
import { Problem } from "../components/problem.tsx";
import { PasswordField } from "../forms/password-field.tsx";
import { requiredText } from "../forms/required-text.ts";
import { TextField } from "../forms/text-field.tsx";
import { beginOidc, type Refusal, readSignInOptions, signIn } from "./account-api.ts";
import { givenPassword } from "./password-schemas.ts";
import { useAccountForm } from "./use-account-form.tsx";

const schema = z.object({ email: requiredText, password: givenPassword });

/** Address and password, or the identity provider. */
export function SignInForm({
  problem,
  returnTo,
  onSignedIn,
}: {
  /** Why somebody has to sign in; null when there is nothing to say. Gives way to why it did not work. */
  problem: ReactNode | null;
  /** Where the identity provider leads back to. */
  returnTo: string;
  onSignedIn: () => void;
}) {
  const intl = useIntl();
  const {
    form,
    submit,
    problem: refusal,
    isBusy,
    refuse,
  } = useAccountForm({
    schema,
    defaultValues: { email: "", password: "" },
    send: ({ email, password }) => signIn(email, password),
    onDone: onSignedIn,
  });
  const shownProblem = refusal ?? problem;
  return (
    <Entrance title={<FormattedMessage id="app.title" />} intro={<FormattedMessage id="signIn.intro" />}>
      <form className={styles["form"]} onSubmit={submit} noValidate>
        {shownProblem !== null && <Problem>{shownProblem}</Problem>}
        <TextField
          form={form}
          name="email"
          size="md"
          type="text"
          inputMode="email"
          label={intl.formatMessage({ id: "account.email" })}
          autoComplete="username"
          spellCheck={false}
          autoFocus
        />
        <PasswordField
          form={form}
          name="password"
          size="md"
          label={intl.formatMessage({ id: "account.password" })}
          autoComplete="current-password"
        />
        <Button type="submit" size="md" fullWidth loading={isBusy}>
          <FormattedMessage id="signIn.submit" />
        </Button>
        <IdentityProvider returnTo={returnTo} onRefused={refuse} />
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
