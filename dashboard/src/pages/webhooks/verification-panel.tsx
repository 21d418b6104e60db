import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import guide from "../../../../docs/guide/verify-signatures.md?raw";
import { CodeBlock } from "../../components/code-block.tsx";
import { Panel } from "../../components/panel.tsx";
import styles from "./verification-panel.module.css";
import { verificationSnippets } from "./verification-snippets.ts";

const snippets = verificationSnippets(guide);
const languages = [...new Set(snippets.map(({ language }) => language))];

/** A complete receiver in the reader's language, which checks the signature. */
export function VerificationPanel() {
  const intl = useIntl();
  const [language, setLanguage] = useState(languages[0]);
  const [method, setMethod] = useState<string>("standard");
  const offered = snippets.filter((snippet) => snippet.language === language);
  const shown = offered.find((snippet) => snippet.method === method) ?? offered[0];
  return (
    <Panel
      title={intl.formatMessage({ id: "verification.title" })}
      aside={
        <div className={styles["choices"]}>
          <NativeSelect
            size="sm"
            aria-label={intl.formatMessage({ id: "verification.language" })}
            data={languages}
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value)}
          />
          <NativeSelect
            size="sm"
            aria-label={intl.formatMessage({ id: "verification.method" })}
            data={offered.map((snippet) => ({
              value: snippet.method,
              label: intl.formatMessage({ id: `verification.method.${snippet.method}` }),
            }))}
            value={shown?.method}
            onChange={(event) => setMethod(event.currentTarget.value)}
          />
        </div>
      }
    >
      <div className={styles["content"]}>
        <p className={styles["hint"]}>
          <FormattedMessage id="verification.hint" />
        </p>
        <CodeBlock
          label={intl.formatMessage({ id: "verification.code" }, { language })}
          text={shown?.code ?? ""}
          copyLabel={intl.formatMessage({ id: "verification.copy" })}
        />
      </div>
    </Panel>
  );
}
