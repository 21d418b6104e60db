import { useIntl } from "react-intl";
import { useQuery } from "urql";
import { FilterMenu } from "../components/filter-menu.tsx";
import { graphql } from "../graphql/generated/gql.ts";
import type { EventType } from "../graphql/generated/graphql.ts";
import { type DeliverySearch, type EventName, eventTypes } from "./delivery-search.ts";
import { statusNames, statusOfName } from "./delivery-status.ts";

const DeliveryFilters_Webhooks = graphql(`
  query DeliveryFilters_Webhooks($organizationId: ID!) {
    webhookConfigs(organizationId: $organizationId, first: 100) {
      edges {
        node {
          id
          name
        }
      }
    }
  }
`);

/** By status, event and webhook; for a `FilterBar`. */
export function DeliveryFilters({
  organizationId,
  value,
  onChange,
}: {
  organizationId: string;
  value: DeliverySearch;
  onChange: (change: DeliverySearch) => void;
}) {
  const intl = useIntl();
  const [{ data }] = useQuery({ query: DeliveryFilters_Webhooks, variables: { organizationId } });
  return (
    <>
      <FilterMenu
        label={intl.formatMessage({ id: "delivery.status" })}
        value={value.status}
        onChange={(status) => onChange({ status })}
        options={statusNames.map((name) => ({
          value: name,
          label: intl.formatMessage({ id: `status.${statusOfName(name)}` }),
        }))}
      />
      <FilterMenu
        label={intl.formatMessage({ id: "delivery.event" })}
        value={value.event}
        onChange={(event) => onChange({ event })}
        options={eventTypes.map((eventType: EventType) => ({
          value: eventType.toLowerCase() as EventName,
          label: intl.formatMessage({ id: `event.${eventType}` }),
        }))}
      />
      <FilterMenu
        label={intl.formatMessage({ id: "delivery.webhook" })}
        value={value.webhook}
        onChange={(webhook) => onChange({ webhook })}
        options={(data?.webhookConfigs.edges ?? []).map(({ node }) => ({ value: node.id, label: node.name }))}
      />
    </>
  );
}
