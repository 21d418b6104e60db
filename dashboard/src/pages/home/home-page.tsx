import { Navigate } from "@tanstack/react-router";
import { FormattedMessage, useIntl } from "react-intl";
import { EmptyState, StateHint } from "../../components/list-states.tsx";
import { useShellOrganizationId } from "../../shell/use-shell-organization-id.ts";

/** The last used organization, else the first one within reach. */
export function HomePage() {
  const intl = useIntl();
  const organizationId = useShellOrganizationId();
  if (organizationId !== null) {
    return <Navigate to="/organizations/$organizationId/overview" params={{ organizationId }} replace />;
  }
  return (
    <EmptyState title={intl.formatMessage({ id: "organization.empty" })}>
      <StateHint>
        <FormattedMessage id="organization.emptyHint" />
      </StateHint>
    </EmptyState>
  );
}
