import { useIntl } from "react-intl";
import { useQuery } from "urql";
import { ErrorState, LoadingState } from "../../components/list-states.tsx";
import { Panel } from "../../components/panel.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { CatalogueEntry } from "./catalogue-entry.tsx";

const CataloguePanel_EventTypes = graphql(`
  query CataloguePanel_EventTypes {
    eventTypes {
      name
      eventType
      isOperational
      ...CatalogueEntry
    }
  }
`);

/** The event types that a restaurant's webhooks can get, with what receivers need to know about each. */
export function CataloguePanel() {
  const intl = useIntl();
  const [{ data, error }, reload] = useQuery({ query: CataloguePanel_EventTypes });
  return (
    <Panel title={intl.formatMessage({ id: "events.catalogueTitle" })}>
      {data === undefined && error === undefined && <LoadingState label={intl.formatMessage({ id: "loading" })} />}
      {data === undefined && error !== undefined && (
        <ErrorState error={error} onRetry={() => reload({ requestPolicy: "network-only" })} />
      )}
      {data?.eventTypes
        .filter(({ isOperational }) => !isOperational)
        .map((entry) => (
          <CatalogueEntry key={entry.name} entry={entry} />
        ))}
    </Panel>
  );
}
