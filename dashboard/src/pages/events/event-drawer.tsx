import { Drawer } from "@mantine/core";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { EmptyState, ErrorState, LoadingState, StateHint } from "../../components/list-states.tsx";
import styles from "../../deliveries/delivery-drawer.module.css";
import { graphql } from "../../graphql/generated/gql.ts";
import { EventDetails } from "./event-details.tsx";

const EventDrawer_Event = graphql(`
  query EventDrawer_Event($id: ID!) {
    orderEvent(id: $id) {
      ...EventDetails
    }
  }
`);

export function EventDrawer({
  eventId,
  onClose,
}: {
  /** Null when no event is open. */
  eventId: string | null;
  onClose: () => void;
}) {
  const intl = useIntl();
  const [{ data, error }, reload] = useQuery({
    query: EventDrawer_Event,
    variables: { id: eventId ?? "" },
    pause: eventId === null,
  });
  const shown = data?.orderEvent?.id === eventId ? data?.orderEvent : undefined;
  const isMissing = data?.orderEvent === null && eventId !== null;
  return (
    <Drawer.Root
      classNames={{ content: styles["content"] ?? "" }}
      opened={eventId !== null}
      onClose={onClose}
      position="right"
      size="38rem"
    >
      <Drawer.Overlay />
      <Drawer.Content>
        {/* Not Drawer.Header: its <header> would be a second banner landmark. */}
        <div className={styles["head"]}>
          <Drawer.Title className={styles["title"] ?? ""}>
            {shown?.orderNumber ?? <FormattedMessage id="delivery.event" />}
          </Drawer.Title>
          <Drawer.CloseButton aria-label={intl.formatMessage({ id: "delivery.close" })} />
        </div>
        <Drawer.Body className={styles["body"] ?? ""}>
          {shown != null && <EventDetails event={shown} />}
          {isMissing && (
            <EmptyState title={intl.formatMessage({ id: "events.notFound" })}>
              <StateHint>
                <FormattedMessage id="events.notFoundHint" />
              </StateHint>
            </EmptyState>
          )}
          {shown == null && !isMissing && error === undefined && (
            <LoadingState label={intl.formatMessage({ id: "loading" })} />
          )}
          {shown == null && error !== undefined && (
            <ErrorState error={error} onRetry={() => reload({ requestPolicy: "network-only" })} />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
