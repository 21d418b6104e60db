import { Button, PasswordInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { BrandMark } from "../../components/brand-mark.tsx";
import { ColorSchemeMenu } from "../../components/color-scheme-menu.tsx";
import { LanguageSwitch } from "../../components/language-switch.tsx";
import type { MessageId } from "../../i18n/en.ts";
import { checkApiKey } from "../../session/check-api-key.ts";
import styles from "./sign-in-page.module.css";

export function SignInPage({ hasEnded, onSignIn }: { hasEnded: boolean; onSignIn: (apiKey: string) => void }) {
  const intl = useIntl();
  const [apiKey, setApiKey] = useState("");
  const [isChecking, setIsChecking] = useState(false);
  const [problem, setProblem] = useState<MessageId | null>(hasEnded ? "signIn.ended" : null);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const key = apiKey.trim();
    if (key === "") return setProblem("signIn.required");
    setIsChecking(true);
    setProblem(null);
    const check = await checkApiKey(key);
    setIsChecking(false);
    if (check === "accepted") onSignIn(key);
    else setProblem(check === "refused" ? "signIn.refused" : "signIn.unreachable");
  };

  return (
    <div className={styles["page"]}>
      <header className={styles["preferences"]}>
        <LanguageSwitch />
        <ColorSchemeMenu />
      </header>
      <main className={styles["main"]}>
        <BrandMark size={44} />
        <h1 className={styles["title"]}>
          <FormattedMessage id="app.title" />
        </h1>
        <p className={styles["intro"]}>
          <FormattedMessage id="signIn.intro" />
        </p>
        <form className={styles["form"]} onSubmit={submit} noValidate>
          {problem !== null && (
            <p className={styles["problem"]} role="alert">
              <FormattedMessage id={problem} />
            </p>
          )}
          <PasswordInput
            size="md"
            label={intl.formatMessage({ id: "signIn.apiKey" })}
            description={intl.formatMessage({ id: "signIn.apiKeyHint" })}
            value={apiKey}
            onChange={(event) => setApiKey(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            autoFocus
            aria-invalid={problem !== null && problem !== "signIn.unreachable"}
            visibilityToggleButtonProps={{ "aria-label": intl.formatMessage({ id: "signIn.showKey" }) }}
          />
          <Button type="submit" size="md" fullWidth loading={isChecking}>
            <FormattedMessage id="signIn.submit" />
          </Button>
        </form>
      </main>
    </div>
  );
}
