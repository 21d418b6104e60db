import { Button, CopyButton, PasswordInput } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { FormattedMessage, useIntl } from "react-intl";
import styles from "./saved-secret.module.css";

/** A secret that the server shows only now. It can be copied without being seen. */
export function SavedSecret({ secretKey }: { secretKey: string }) {
  const intl = useIntl();
  return (
    <div className={styles["secret"]}>
      <p className={styles["hint"]}>
        <FormattedMessage id="secret.onceHint" />
      </p>
      <div className={styles["row"]}>
        <PasswordInput
          className={styles["input"] ?? ""}
          readOnly
          value={secretKey}
          aria-label={intl.formatMessage({ id: "secret.label" })}
          autoComplete="off"
          visibilityToggleButtonProps={{ "aria-label": intl.formatMessage({ id: "secret.reveal" }) }}
        />
        <CopyButton value={secretKey} timeout={2_000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
              onClick={copy}
            >
              <FormattedMessage id={copied ? "copied" : "secret.copy"} />
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}
