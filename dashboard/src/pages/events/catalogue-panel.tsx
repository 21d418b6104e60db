import { useIntl } from "react-intl";
import { useQuery } from "urql";
import { Panel } from "../../components/panel.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
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
      <QueryBoundary data={data} error={error} onRetry={() => reload({ requestPolicy: "network-only" })}>
        {({ eventTypes }) =>
          eventTypes
            .filter(({ isOperational }) => !isOperational)
            .map((entry) => <CatalogueEntry key={entry.name} entry={entry} />)
        }
      </QueryBoundary>
    </Panel>
  );
}
