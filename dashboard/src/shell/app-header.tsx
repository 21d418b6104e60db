import { ActionIcon } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Menu } from "lucide-react";
import { FormattedMessage, useIntl } from "react-intl";
import { BrandMark } from "../components/brand-mark.tsx";
import { ColorSchemeMenu } from "../components/color-scheme-menu.tsx";
import { ConnectionBadge } from "../components/connection-badge.tsx";
import { LanguageSwitch } from "../components/language-switch.tsx";
import { AccountMenu } from "./account-menu.tsx";
import styles from "./app-header.module.css";
import { OrganizationSwitch } from "./organization-switch.tsx";

export function AppHeader({
  organizationId,
  onOpenMenu,
}: {
  /** Null when there is no organization yet. */
  organizationId: string | null;
  onOpenMenu: () => void;
}) {
  const intl = useIntl();
  return (
    <header className={styles["header"]}>
      <a className={styles["skip"]} href="#content">
        <FormattedMessage id="app.skipToContent" />
      </a>
      <div className={styles["row"]}>
        <div className={styles["start"]}>
          <ActionIcon
            className={styles["menu"] ?? ""}
            variant="default"
            size="lg"
            aria-label={intl.formatMessage({ id: "navigation.open" })}
            onClick={onOpenMenu}
          >
            <Menu size={18} aria-hidden="true" />
          </ActionIcon>
          <Link to="/" className={styles["brand"] ?? ""}>
            <BrandMark size={28} />
            <FormattedMessage id="app.product" />
          </Link>
        </div>
        <div className={styles["organization"]}>
          {organizationId !== null && <OrganizationSwitch organizationId={organizationId} />}
        </div>
        <div className={styles["connection"]}>
          <ConnectionBadge />
        </div>
        <div className={styles["preferences"]}>
          <LanguageSwitch />
          <ColorSchemeMenu />
          <AccountMenu />
        </div>
      </div>
    </header>
  );
}
