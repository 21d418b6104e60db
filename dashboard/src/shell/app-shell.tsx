import { useDisclosure } from "@mantine/hooks";
import { Outlet } from "@tanstack/react-router";
import { lazy } from "react";
import { FormattedMessage } from "react-intl";
import { WhenOpened } from "../components/when-opened.tsx";
import { useViewer } from "../session/viewer.ts";
import { ShortcutHelp } from "../shortcuts/shortcut-help.tsx";
import { AppHeader } from "./app-header.tsx";
import styles from "./app-shell.module.css";
import { NavigationLinks } from "./navigation-links.tsx";
import { useFocusKeeper } from "./use-focus-keeper.ts";
import { usePageFocus } from "./use-page-focus.ts";
import { useShellOrganizationId } from "./use-shell-organization-id.ts";

const NavigationDrawer = lazy(() =>
  import("./navigation-drawer.tsx").then((module) => ({ default: module.NavigationDrawer })),
);

/** What is around every page: header, navigation, and the list of shortcuts. */
export function AppShell() {
  const { viewer } = useViewer();
  const organizationId = useShellOrganizationId();
  const [isMenuOpen, menu] = useDisclosure(false);
  usePageFocus();
  useFocusKeeper();
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
      <WhenOpened isOpen={isMenuOpen}>
        {(isOpen) => <NavigationDrawer isOpen={isOpen} organizationId={organizationId} onClose={menu.close} />}
      </WhenOpened>
      <ShortcutHelp />
    </div>
  );
}
