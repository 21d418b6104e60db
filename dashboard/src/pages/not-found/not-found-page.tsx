import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { FormattedMessage, useIntl } from "react-intl";
import { EmptyState } from "../../components/list-states.tsx";
import { PageHeader } from "../../components/page-header.tsx";

export function NotFoundPage() {
  const intl = useIntl();
  return (
    <>
      <PageHeader title={intl.formatMessage({ id: "notFound.title" })} />
      <EmptyState title={intl.formatMessage({ id: "notFound.hint" })}>
        <Button component={Link} to="/" variant="default" size="sm">
          <FormattedMessage id="notFound.home" />
        </Button>
      </EmptyState>
    </>
  );
}
