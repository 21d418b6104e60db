import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import styles from "./app-header.module.css";
import { BrandMark } from "./brand-mark.tsx";
import { ColorSchemeMenu } from "./color-scheme-menu.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { LanguageSwitch } from "./language-switch.tsx";

export function AppHeader({
  organization,
  account,
  isLive,
}: {
  organization: ReactNode;
  account: ReactNode;
  /** Whether the page below follows what happens. */
  isLive: boolean;
}) {
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
        <div className={styles["connection"]}>{isLive && <ConnectionBadge />}</div>
        <div className={styles["preferences"]}>
          <LanguageSwitch />
          <ColorSchemeMenu />
          {account}
        </div>
      </div>
    </header>
  );
}
