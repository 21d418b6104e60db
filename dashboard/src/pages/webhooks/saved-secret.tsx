import { Button, CopyButton, PasswordInput } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
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
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => isLost && isElsewhere(current, next),
    enableBeforeUnload: isLost,
    withResolver: true,
  });
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
      <ConfirmDialog
        isOpen={leaving.status === "blocked"}
        question={intl.formatMessage({ id: "secret.leaveQuestion" })}
        confirmLabel={intl.formatMessage({ id: "secret.leave" })}
        isDestructive
        onConfirm={() => leaving.proceed?.()}
        onClose={() => leaving.reset?.()}
      >
        <FormattedMessage id="secret.leaveHint" />
      </ConfirmDialog>
    </div>
  );
}

interface Place {
  readonly pathname: string;
  readonly search: object;
}

/** The other parameters of the address leave the secret where it is. */
function isElsewhere(current: Place, next: Place): boolean {
  return current.pathname !== next.pathname || tabOf(current) !== tabOf(next);
}

function tabOf({ search }: Place): unknown {
  return "tab" in search ? search.tab : undefined;
}
