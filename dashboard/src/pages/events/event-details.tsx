import { type ReactNode, useId } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import styles from "../../deliveries/delivery-details.module.css";
import { RequestBody } from "../../deliveries/request-body.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { EventDetailsFragment } from "../../graphql/generated/graphql.ts";
import type { MessageId } from "../../i18n/en.ts";
import { EventDeliveries } from "./event-deliveries.tsx";
import headings from "./event-details.module.css";

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
    <div className={styles["details"]}>
      <dl className={styles["facts"]}>
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
            <span className={styles["mono"]}>{event.orderId}</span>
          </Fact>
        )}
        {event.idempotencyKey != null && (
          <Fact name="events.idempotencyKey">
            <span className={styles["mono"]}>{event.idempotencyKey}</span>
          </Fact>
        )}
        <Fact name="events.id">
          <span className={styles["mono"]}>{event.id}</span>
        </Fact>
      </dl>
      <section aria-labelledby={titleId}>
        <h3 id={titleId} className={headings["heading"]}>
          <FormattedMessage id="events.byWebhook" />
        </h3>
        <EventDeliveries eventId={event.id} />
      </section>
      <RequestBody body={event.payload} />
    </div>
  );
}

function Fact({ name, children }: { name: MessageId; children: ReactNode }) {
  return (
    <div className={styles["fact"]}>
      <dt>
        <FormattedMessage id={name} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
