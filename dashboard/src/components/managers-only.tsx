import { FormattedMessage, useIntl } from "react-intl";
import { EmptyState, StateHint } from "./list-states.tsx";
import { PageHeader } from "./page-header.tsx";

/** In place of a page that those who may only look cannot use: says so, and whom to ask. */
export function ManagersOnly({ title }: { title: string }) {
  const intl = useIntl();
  return (
    <>
      <PageHeader title={title} />
      <EmptyState title={intl.formatMessage({ id: "managersOnly.title" })}>
        <StateHint>
          <FormattedMessage id="managersOnly.hint" />
        </StateHint>
      </EmptyState>
    </>
  );
}
