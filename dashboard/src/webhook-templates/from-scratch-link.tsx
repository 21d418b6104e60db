import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { FormattedMessage } from "react-intl";
import { useOrganization } from "../session/organization.ts";

/** To a webhook of which everything is set by hand. */
export function FromScratchLink() {
  const { id: organizationId } = useOrganization();
  return (
    <Button
      variant="default"
      renderRoot={(props) => (
        <Link to="/organizations/$organizationId/webhooks/new/from-scratch" params={{ organizationId }} {...props} />
      )}
    >
      <FormattedMessage id="templates.fromScratch" />
    </Button>
  );
}
