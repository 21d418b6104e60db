import { Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { FormattedMessage, useIntl } from "react-intl";
import { useViewer } from "../session/viewer.ts";
import { ShortcutHelp } from "../shortcuts/shortcut-help.tsx";
import { AppHeader } from "./app-header.tsx";
import styles from "./app-shell.module.css";
import { NavigationLinks } from "./navigation-links.tsx";
import { usePageFocus } from "./use-page-focus.ts";
import { useShellOrganizationId } from "./use-shell-organization-id.ts";

/** What is around every page: header, navigation, and the list of shortcuts. */
export function AppShell() {
  const intl = useIntl();
  const { viewer } = useViewer();
  const organizationId = useShellOrganizationId();
  const [isMenuOpen, menu] = useDisclosure(false);
  usePageFocus();
  return (
    <div className={styles["shell"]}>
      <AppHeader organizationId={organizationId} onOpenMenu={menu.open} />
      <div className={styles["sidebar"]}>
        {organizationId !== null && <NavigationLinks organizationId={organizationId} />}
      </div>
      <main id="content" className={styles["main"]} tabIndex={-1}>
        <Outlet />
      </main>
      <footer className={styles["footer"]}>
        <FormattedMessage id="footer.signedIn" values={{ name: viewer.name }} />
      </footer>
      <Drawer
        opened={isMenuOpen}
        onClose={menu.close}
        size="17rem"
        title={intl.formatMessage({ id: "app.title" })}
        closeButtonProps={{ "aria-label": intl.formatMessage({ id: "navigation.close" }) }}
      >
        {organizationId !== null && <NavigationLinks organizationId={organizationId} onFollow={menu.close} />}
      </Drawer>
      <ShortcutHelp />
    </div>
  );
}
