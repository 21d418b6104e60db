import { FormattedMessage, useIntl } from "react-intl";
import table from "../../components/data-table.module.css";
import { RelativeTime } from "../../components/relative-time.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { EventRowFragment } from "../../graphql/generated/graphql.ts";
import styles from "./event-table.module.css";

graphql(`
  fragment EventRow on OrderEvent {
    id
    eventType
    orderNumber
    tableNumber
    customerName
    deliveryCount
    createdAt
  }
`);

export function EventTable({ events, onOpen }: { events: readonly EventRowFragment[]; onOpen: (id: string) => void }) {
  const intl = useIntl();
  return (
    <table className={table["table"]} aria-label={intl.formatMessage({ id: "events.listTitle" })}>
      <thead>
        <tr>
          <th scope="col">
            <FormattedMessage id="events.order" />
          </th>
          <th scope="col" className={styles["spacious"]}>
            <FormattedMessage id="events.happened" />
          </th>
          <th scope="col" className={styles["spacious"]}>
            <FormattedMessage id="events.table" />
          </th>
          <th scope="col" className={styles["spacious"]}>
            <FormattedMessage id="events.customer" />
          </th>
          <th scope="col" className={`${table["number"]} ${styles["spacious"]}`}>
            <FormattedMessage id="events.webhooks" />
          </th>
          <th scope="col" className={table["number"]}>
            <FormattedMessage id="events.published" />
          </th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id}>
            <td>
              <button type="button" className={styles["open"]} onClick={() => onOpen(event.id)}>
                {event.orderNumber ?? intl.formatMessage({ id: "delivery.noOrderNumber" })}
              </button>
              <span className={styles["below"]}>
                <FormattedMessage id={`event.${event.eventType}`} />
              </span>
            </td>
            <td className={styles["spacious"]}>
              <FormattedMessage id={`event.${event.eventType}`} />
            </td>
            <td className={styles["spacious"]}>{event.tableNumber}</td>
            <td className={styles["spacious"]}>{event.customerName}</td>
            <td className={`${table["number"]} ${styles["spacious"]}`}>{intl.formatNumber(event.deliveryCount)}</td>
            <td className={table["number"]}>
              <RelativeTime at={event.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
