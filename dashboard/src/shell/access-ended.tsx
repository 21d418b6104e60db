import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { FormattedMessage, useIntl } from "react-intl";
import { EmptyState } from "../components/list-states.tsx";
import { PageHeader } from "../components/page-header.tsx";

/** In the place of every page of an organization that the person could open a moment ago. */
export function AccessEnded({ organization }: { organization: string }) {
  const intl = useIntl();
  return (
    <div role="alert">
      <PageHeader title={intl.formatMessage({ id: "accessEnded.title" }, { organization })} />
      <EmptyState title={intl.formatMessage({ id: "accessEnded.hint" })}>
        <Button component={Link} to="/" variant="default" size="sm">
          <FormattedMessage id="notFound.home" />
        </Button>
      </EmptyState>
    </div>
  );
}
