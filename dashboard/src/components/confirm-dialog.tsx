import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import styles from "./confirm-dialog.module.css";
import { Dialog } from "./dialog.tsx";

/** Asks before something that cannot be taken back. The button says what happens, not "OK". */
export function ConfirmDialog({
  isOpen,
  question,
  confirmLabel,
  isDestructive = false,
  onConfirm,
  onClose,
  children,
}: {
  isOpen: boolean;
  question: string;
  confirmLabel: string;
  isDestructive?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  /** What follows from it. */
  children?: ReactNode;
}) {
  const confirm = () => {
    onConfirm();
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={question}>
      {children}
      <div className={styles["actions"]}>
        <Button variant="default" onClick={onClose} data-autofocus>
          <FormattedMessage id="dialog.cancel" />
        </Button>
        <Button {...(isDestructive && { color: "red.8" })} onClick={confirm}>
          {confirmLabel}
        </Button>
      </div>
    </Dialog>
  );
}
