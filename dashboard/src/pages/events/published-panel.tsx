import { Button } from "@mantine/core";
import { FormattedMessage, useIntl } from "react-intl";
import { Panel } from "../../components/panel.tsx";
import type { EventType } from "../../graphql/generated/graphql.ts";
import { useSetSearch } from "../../url/use-set-search.ts";
import { EventDeliveries } from "./event-deliveries.tsx";
import type { EventsSearch } from "./events-route.ts";
import styles from "./published-panel.module.css";

/** The event that was published last. */
export interface Published {
  readonly id: string;
  readonly orderNumber?: string | null;
  readonly eventType: EventType;
}

/** What becomes of an event that was just published, while it happens. */
export function PublishedPanel({ event }: { event: Published }) {
  const intl = useIntl();
  const setSearch = useSetSearch<EventsSearch>();
  return (
    <Panel title={intl.formatMessage({ id: "publish.result" })}>
      <div className={styles["result"]}>
        <p className={styles["said"]} role="status">
          <FormattedMessage
            id="publish.done"
            values={{
              order: <strong>{event.orderNumber}</strong>,
              event: intl.formatMessage({ id: `event.${event.eventType}` }),
            }}
          />
        </p>
        <EventDeliveries eventId={event.id} />
        <Button variant="default" size="sm" onClick={() => setSearch({ event: event.id })}>
          <FormattedMessage id="publish.open" />
        </Button>
      </div>
    </Panel>
  );
}
