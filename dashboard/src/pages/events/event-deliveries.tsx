import { useIntl } from "react-intl";
import { useQuery } from "urql";
import { EmptyState } from "../../components/list-states.tsx";
import { QueryBoundary } from "../../components/query-boundary.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { EventDeliveryFragment } from "../../graphql/generated/graphql.ts";
import { useLiveUpdates } from "../../graphql/use-live-updates.ts";
import { useOrganization } from "../../session/organization.ts";
import styles from "./event-deliveries.module.css";
import { EventDeliveryItem } from "./event-delivery-item.tsx";
import { everyReceiver } from "./every-receiver.ts";

const EventDeliveries_Deliveries = graphql(`
  query EventDeliveries_Deliveries($eventId: ID!, $organizationId: ID!) {
    orderEvent(id: $eventId) {
      id
      deliveries {
        ...EventDelivery
      }
    }
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

const EventDeliveries_Updates = graphql(`
  subscription EventDeliveries_Updates($organizationId: ID!, $eventId: ID!) {
    deliveryUpdates(organizationId: $organizationId, filter: { eventId: $eventId }, cursorFirst: true) {
      cursor
    }
  }
`);

/** What became of an event at each webhook, live: where it stands, or why it was not sent. */
export function EventDeliveries({ eventId }: { eventId: string }) {
  const { id: organizationId } = useOrganization();
  const [{ data, error }, reload] = useQuery({
    query: EventDeliveries_Deliveries,
    variables: { eventId, organizationId },
    requestPolicy: "network-only",
  });
  const reloadNow = () => reload({ requestPolicy: "network-only" });
  useLiveUpdates(EventDeliveries_Updates, eventId, () => ({ organizationId, eventId }), reloadNow);
  const deliveries = data?.orderEvent?.deliveries ?? [];

  return (
    <QueryBoundary data={data} error={error} onRetry={reloadNow} rows={2}>
      {({ webhookConfigs }) => (
        <Receivers eventId={eventId} webhooks={webhookConfigs.edges.map(({ node }) => node)} deliveries={deliveries} />
      )}
    </QueryBoundary>
  );
}

function Receivers({
  eventId,
  webhooks,
  deliveries,
}: {
  eventId: string;
  webhooks: readonly EventDeliveryFragment["webhookConfig"][];
  deliveries: readonly EventDeliveryFragment[];
}) {
  const intl = useIntl();
  const receivers = everyReceiver(webhooks, deliveries);
  if (receivers.length === 0) return <EmptyState title={intl.formatMessage({ id: "events.noWebhook" })} />;
  return (
    <ul className={styles["list"]} aria-label={intl.formatMessage({ id: "events.byWebhook" })}>
      {receivers.map(({ webhook, delivery }) => (
        <EventDeliveryItem key={webhook.id} eventId={eventId} webhook={webhook} delivery={delivery} />
      ))}
    </ul>
  );
}
