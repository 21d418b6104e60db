import { useId } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Fact, Facts, Verbatim } from "../../components/facts.tsx";
import { RequestBody } from "../../deliveries/request-body.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { EventDetailsFragment } from "../../graphql/generated/graphql.ts";
import { EventDeliveries } from "./event-deliveries.tsx";
import styles from "./event-details.module.css";

graphql(`
  fragment EventDetails on OrderEvent {
    id
    eventType
    orderId
    orderNumber
    tableNumber
    customerName
    idempotencyKey
    createdAt
    payload
  }
`);

/** An event with what became of it at each webhook, and what receivers get. */
export function EventDetails({ event }: { event: EventDetailsFragment }) {
  const intl = useIntl();
  const titleId = useId();
  return (
    <>
      <Facts>
        <Fact name="events.happened">
          <FormattedMessage id={`event.${event.eventType}`} />
        </Fact>
        <Fact name="events.published">
          {intl.formatDate(event.createdAt, { dateStyle: "medium", timeStyle: "medium" })}
        </Fact>
        {event.tableNumber != null && <Fact name="events.table">{event.tableNumber}</Fact>}
        {event.customerName != null && <Fact name="events.customer">{event.customerName}</Fact>}
        {event.orderId != null && (
          <Fact name="events.orderId">
            <Verbatim>{event.orderId}</Verbatim>
          </Fact>
        )}
        {event.idempotencyKey != null && (
          <Fact name="events.idempotencyKey">
            <Verbatim>{event.idempotencyKey}</Verbatim>
          </Fact>
        )}
        <Fact name="events.id">
          <Verbatim>{event.id}</Verbatim>
        </Fact>
      </Facts>
      <section aria-labelledby={titleId}>
        <h3 id={titleId} className={styles["heading"]}>
          <FormattedMessage id="events.byWebhook" />
        </h3>
        <EventDeliveries eventId={event.id} />
      </section>
      <RequestBody body={event.payload} />
    </>
  );
}
