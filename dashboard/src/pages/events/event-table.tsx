import { FormattedMessage, useIntl } from "react-intl";
import table from "../../components/data-table.module.css";
import { RelativeTime } from "../../components/relative-time.tsx";
import { RowButton } from "../../components/row-button.tsx";
import { type Column, TableHead } from "../../components/table-head.tsx";
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

const spacious = styles["spacious"];

const columns: readonly Column[] = [
  { name: "events.order" },
  { name: "events.happened", className: spacious },
  { name: "events.table", className: spacious },
  { name: "events.customer", className: spacious },
  { name: "events.webhooks", className: spacious, isNumber: true },
  { name: "events.published", isNumber: true },
];

export function EventTable({ events, onOpen }: { events: readonly EventRowFragment[]; onOpen: (id: string) => void }) {
  const intl = useIntl();
  return (
    <table className={table["table"]} aria-label={intl.formatMessage({ id: "events.listTitle" })}>
      <TableHead columns={columns} />
      <tbody>
        {events.map((event) => (
          <tr key={event.id}>
            <td className={styles["order"]}>
              <RowButton onClick={() => onOpen(event.id)}>
                {event.orderNumber ?? intl.formatMessage({ id: "delivery.noOrderNumber" })}
              </RowButton>
              <span className={styles["below"]}>
                <FormattedMessage id={`event.${event.eventType}`} />
              </span>
            </td>
            <td className={spacious}>
              <FormattedMessage id={`event.${event.eventType}`} />
            </td>
            <td className={spacious}>{event.tableNumber}</td>
            <td className={spacious}>{event.customerName}</td>
            <td className={`${table["number"]} ${spacious}`}>{intl.formatNumber(event.deliveryCount)}</td>
            <td className={table["number"]}>
              <RelativeTime at={event.createdAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
