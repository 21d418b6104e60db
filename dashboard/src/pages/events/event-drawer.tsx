import { useIntl } from "react-intl";
import { useQuery } from "urql";
import { DetailDrawer } from "../../components/detail-drawer.tsx";
import { DetailView } from "../../components/detail-view.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { EventDetails } from "./event-details.tsx";

const EventDrawer_Event = graphql(`
  query EventDrawer_Event($id: ID!) {
    orderEvent(id: $id) {
      ...EventDetails
    }
  }
`);

/** An event over the page. */
export function EventDrawer({
  eventId,
  onClose,
}: {
  /** Null when no event is open. */
  eventId: string | null;
  onClose: () => void;
}) {
  const intl = useIntl();
  const [{ data, error }, execute] = useQuery({
    query: EventDrawer_Event,
    variables: { id: eventId ?? "" },
    pause: eventId === null,
  });
  const state = {
    found: data?.orderEvent?.id === eventId ? (data?.orderEvent ?? null) : null,
    isMissing: data?.orderEvent === null && eventId !== null,
    error: error ?? null,
    reload: () => execute({ requestPolicy: "network-only" }),
  };
  return (
    <DetailDrawer
      isOpen={eventId !== null}
      title={state.found?.orderNumber ?? intl.formatMessage({ id: "delivery.event" })}
      onClose={onClose}
    >
      <DetailView
        state={state}
        missing={{
          title: intl.formatMessage({ id: "events.notFound" }),
          hint: intl.formatMessage({ id: "events.notFoundHint" }),
        }}
      >
        {(event) => <EventDetails event={event} />}
      </DetailView>
    </DetailDrawer>
  );
}
