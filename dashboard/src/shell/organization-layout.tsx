import { Outlet } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useIntl } from "react-intl";
import { ErrorState, LoadingState } from "../components/list-states.tsx";
import { NotFoundPage } from "../pages/not-found/not-found-page.tsx";
import { organizationRoute } from "../routes/organization-route.ts";
import { rememberOrganization } from "../session/last-organization.ts";
import { OrganizationProvider } from "../session/organization.ts";
import { useOrganizationName } from "../session/use-organization-name.ts";
import { accessIn, useViewer } from "../session/viewer.ts";
import { AccessEnded } from "./access-ended.tsx";

/** Gives the pages below it the organization of the address. */
export function OrganizationLayout() {
  const intl = useIntl();
  const { organizationId } = organizationRoute.useParams();
  const { viewer } = useViewer();
  const { name, isMissing, error, reload } = useOrganizationName(organizationId);
  const organization = useMemo(
    () => (name === null ? null : { id: organizationId, name, access: accessIn(viewer, organizationId) }),
    [organizationId, name, viewer],
  );
  // What was open last; its access may end while it is.
  const [opened, setOpened] = useState<{ readonly id: string; readonly name: string } | null>(null);
  useEffect(() => {
    if (organization === null) return;
    rememberOrganization(organization.id);
    setOpened(organization);
  }, [organization]);

  if (isMissing && opened?.id === organizationId) return <AccessEnded organization={opened.name} />;
  if (isMissing) return <NotFoundPage />;
  if (error !== null) return <ErrorState error={error} onRetry={reload} />;
  if (organization === null) return <LoadingState label={intl.formatMessage({ id: "loading" })} />;
  return (
    <OrganizationProvider value={organization}>
      <Outlet key={organization.id} />
    </OrganizationProvider>
  );
}
