import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { useIntl } from "react-intl";
import styles from "./detail-frame.module.css";

/** One thing of the page's list, over the page. Closed, it gives the focus back to where it was opened. */
export function DetailDrawer({
  isOpen,
  title,
  onClose,
  children,
}: {
  isOpen: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const intl = useIntl();
  return (
    <Drawer.Root
      classNames={{ content: styles["content"] ?? "" }}
      opened={isOpen}
      onClose={onClose}
      position="right"
      size="38rem"
    >
      <Drawer.Overlay />
      <Drawer.Content>
        {/* Not Drawer.Header: its <header> would be a second banner landmark. */}
        <div className={styles["head"]}>
          <Drawer.Title className={styles["title"] ?? ""}>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label={intl.formatMessage({ id: "dialog.close" })} />
        </div>
        <Drawer.Body className={styles["body"] ?? ""}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
