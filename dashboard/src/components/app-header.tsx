import { ActionIcon, Tooltip } from "@mantine/core";
import { LogOut } from "lucide-react";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import styles from "./app-header.module.css";
import { BrandMark } from "./brand-mark.tsx";
import { ColorSchemeMenu } from "./color-scheme-menu.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { LanguageSwitch } from "./language-switch.tsx";

export function AppHeader({ organization, onSignOut }: { organization: ReactNode; onSignOut: () => void }) {
  const intl = useIntl();
  const signOut = intl.formatMessage({ id: "signOut" });
  return (
    <header className={styles["header"]}>
      <a className={styles["skip"]} href="#content">
        <FormattedMessage id="app.skipToContent" />
      </a>
      <div className={styles["row"]}>
        <span className={styles["brand"]}>
          <BrandMark size={28} />
          <FormattedMessage id="app.product" />
        </span>
        <div className={styles["organization"]}>{organization}</div>
        <div className={styles["connection"]}>
          <ConnectionBadge />
        </div>
        <div className={styles["preferences"]}>
          <LanguageSwitch />
          <ColorSchemeMenu />
          <Tooltip label={signOut}>
            <ActionIcon variant="default" size="lg" aria-label={signOut} onClick={onSignOut}>
              <LogOut size={17} aria-hidden="true" />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
    </header>
  );
}
