import { Link } from "@tanstack/react-router";
import { FormattedMessage, useIntl } from "react-intl";
import { accessIn, useViewer } from "../session/viewer.ts";
import { navigation } from "./navigation.ts";
import styles from "./navigation-links.module.css";

/** The pages of an organization that are of use to the person who is signed in. */
export function NavigationLinks({ organizationId, onFollow }: { organizationId: string; onFollow?: () => void }) {
  const intl = useIntl();
  const { viewer } = useViewer();
  const access = accessIn(viewer, organizationId);
  return (
    <nav aria-label={intl.formatMessage({ id: "navigation.label" })} className={styles["links"]}>
      {navigation
        .filter(({ isShown }) => isShown?.(access) ?? true)
        .map(({ section, labelId, icon: Icon }) => (
          <Link
            key={section}
            className={styles["link"] ?? ""}
            to={`/organizations/$organizationId/${section}`}
            params={{ organizationId }}
            activeOptions={{ includeSearch: false }}
            {...(onFollow !== undefined && { onClick: onFollow })}
          >
            <Icon size={18} aria-hidden="true" />
            <FormattedMessage id={labelId} />
          </Link>
        ))}
    </nav>
  );
}
