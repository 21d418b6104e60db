import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import styles from "./confirm-dialog.module.css";

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
  const intl = useIntl();
  const confirm = () => {
    onClose();
    onConfirm();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={question}
      closeButtonProps={{ "aria-label": intl.formatMessage({ id: "dialog.close" }) }}
    >
      {children}
      <div className={styles["actions"]}>
        <Button variant="default" onClick={onClose} data-autofocus>
          <FormattedMessage id="dialog.cancel" />
        </Button>
        <Button {...(isDestructive && { color: "red.8" })} onClick={confirm}>
          {confirmLabel}
        </Button>
      </div>
    </Modal>
  );
}
