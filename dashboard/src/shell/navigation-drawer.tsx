import { Drawer } from "@mantine/core";
import { useIntl } from "react-intl";
import { NavigationLinks } from "./navigation-links.tsx";

/** The navigation where there is no room for it beside the page. */
export function NavigationDrawer({
  isOpen,
  organizationId,
  onClose,
}: {
  isOpen: boolean;
  /** Null when there is no organization yet. */
  organizationId: string | null;
  onClose: () => void;
}) {
  const intl = useIntl();
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      size="17rem"
      title={intl.formatMessage({ id: "app.title" })}
      closeButtonProps={{ "aria-label": intl.formatMessage({ id: "navigation.close" }) }}
    >
      {organizationId !== null && <NavigationLinks organizationId={organizationId} onFollow={onClose} />}
    </Drawer>
  );
}
