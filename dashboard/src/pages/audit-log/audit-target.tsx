import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { FormattedMessage } from "react-intl";
import { useOrganization } from "../../session/organization.ts";
import styles from "./audit-log-page.module.css";

/** The name of what was changed, leading to it where it still has a place in the dashboard. */
export function AuditTarget({
  action,
  targetId,
  children,
}: {
  action: string;
  targetId: string | null;
  children: ReactNode;
}) {
  const { id: organizationId } = useOrganization();
  const common = { className: styles["link"] ?? "", params: { organizationId } };
  const [subject] = action.split(".");
  if (subject === "delivery" && targetId !== null) {
    return (
      <Link {...common} to="/organizations/$organizationId/deliveries" search={{ delivery: targetId }}>
        <FormattedMessage id="auditLog.delivery" values={{ name: children }} />
      </Link>
    );
  }
  if (subject === "webhook_config" && action !== "webhook_config.deleted" && targetId !== null) {
    return (
      <Link
        {...common}
        to="/organizations/$organizationId/webhooks/$webhookConfigId"
        params={{ organizationId, webhookConfigId: targetId }}
      >
        {children}
      </Link>
    );
  }
  if (subject === "api_key") {
    return (
      <Link {...common} to="/organizations/$organizationId/api-keys">
        {children}
      </Link>
    );
  }
  if (subject === "invitation" || subject === "member") {
    return (
      <Link {...common} to="/organizations/$organizationId/members">
        {children}
      </Link>
    );
  }
  return <strong>{children}</strong>;
}
