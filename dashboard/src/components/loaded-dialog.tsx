import { Modal } from "@mantine/core";
import { useIntl } from "react-intl";
import type { DialogProps } from "./dialog.tsx";

export function LoadedDialog({ isOpen, title, closeLabel, isClosable = true, onClose, children }: DialogProps) {
  const intl = useIntl();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeOnClickOutside={isClosable}
      closeOnEscape={isClosable}
      withCloseButton={isClosable}
      closeButtonProps={{ "aria-label": closeLabel ?? intl.formatMessage({ id: "dialog.close" }) }}
    >
      {children}
    </Modal>
  );
}
