import { Button, CopyButton, PasswordInput } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { LeavingGuard } from "../../components/leaving-guard.tsx";
import styles from "./saved-secret.module.css";

/** A secret that the server shows only now. It can be copied without being seen; who leaves without having done so is asked. */
export function SavedSecret({
  secretKey,
  uncheckedBy = null,
}: {
  secretKey: string;
  /** A system that checks no signatures: who does not copy the secret for it is not asked. Null for all others. */
  uncheckedBy?: string | null;
}) {
  const intl = useIntl();
  const [copied, setCopied] = useState<string | null>(null);
  const isLost = uncheckedBy === null && copied !== secretKey;
  return (
    <div className={styles["secret"]}>
      <p className={styles["hint"]}>
        {uncheckedBy === null ? (
          <FormattedMessage id="secret.onceHint" />
        ) : (
          <FormattedMessage id="secret.optionalHint" values={{ system: uncheckedBy }} />
        )}
      </p>
      <div className={styles["row"]}>
        <PasswordInput
          className={styles["input"] ?? ""}
          readOnly
          value={secretKey}
          aria-label={intl.formatMessage({ id: "secret.label" })}
          autoComplete="off"
          visibilityToggleButtonProps={{ "aria-label": intl.formatMessage({ id: "secret.reveal" }) }}
          onCopy={() => setCopied(secretKey)}
        />
        <CopyButton value={secretKey} timeout={2_000}>
          {({ copied: isJustCopied, copy }) => (
            <Button
              variant="default"
              leftSection={
                isJustCopied ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />
              }
              onClick={() => {
                copy();
                setCopied(secretKey);
              }}
            >
              <FormattedMessage id={isJustCopied ? "copied" : "secret.copy"} />
            </Button>
          )}
        </CopyButton>
      </div>
      <LeavingGuard
        isNeeded={isLost}
        question={intl.formatMessage({ id: "secret.leaveQuestion" })}
        confirmLabel={intl.formatMessage({ id: "secret.leave" })}
      >
        <FormattedMessage id="secret.leaveHint" />
      </LeavingGuard>
    </div>
  );
}
