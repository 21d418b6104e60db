import { Drawer } from "@mantine/core";
import { useEffect, useSyncExternalStore } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { EmptyState, ErrorState, LoadingState, StateHint } from "../components/list-states.tsx";
import type { DeliveryFeed } from "../feed/delivery-feed.ts";
import type { DeliveryRow } from "../feed/delivery-row-fragment.ts";
import { graphql } from "../graphql/generated/gql.ts";
import { DeliveryDetails } from "./delivery-details.tsx";
import styles from "./delivery-drawer.module.css";
import type { DeliveryActions } from "./use-delivery-actions.ts";

const DeliveryDrawer_Delivery = graphql(`
  query DeliveryDrawer_Delivery($id: ID!) {
    delivery(id: $id) {
      ...DeliveryDetails
    }
  }
`);

export function DeliveryDrawer({
  deliveryId,
  feed,
  actions,
  onClose,
}: {
  /** Null when no delivery is open. */
  deliveryId: string | null;
  feed: DeliveryFeed<DeliveryRow>;
  actions: DeliveryActions | null;
  onClose: () => void;
}) {
  const intl = useIntl();
  const [{ data, error }, reload] = useQuery({
    query: DeliveryDrawer_Delivery,
    variables: { id: deliveryId ?? "" },
    pause: deliveryId === null,
    requestPolicy: "network-only",
  });
  const changedAt = useSyncExternalStore(feed.subscribe, () =>
    deliveryId === null ? null : feed.updatedAtOf(deliveryId),
  );
  const shown = data?.delivery?.id === deliveryId ? data?.delivery : undefined;
  const isMissing = data?.delivery === null && deliveryId !== null;
  const isOutdated = shown != null && changedAt !== null && Date.parse(changedAt) > Date.parse(shown.updatedAt);
  useEffect(() => {
    if (isOutdated && changedAt !== null) reload({ requestPolicy: "network-only" });
  }, [isOutdated, changedAt, reload]);

  const eventName =
    shown == null
      ? intl.formatMessage({ id: "delivery.title" })
      : intl.formatMessage({ id: `event.${shown.eventType}` });
  const title = shown?.event.orderNumber ?? eventName;
  return (
    <Drawer.Root
      classNames={{ content: styles["content"] ?? "" }}
      opened={deliveryId !== null}
      onClose={onClose}
      position="right"
      size="38rem"
    >
      <Drawer.Overlay />
      <Drawer.Content>
        {/* Not Drawer.Header: its <header> would be a second banner landmark. */}
        <div className={styles["head"]}>
          <Drawer.Title className={styles["title"] ?? ""}>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label={intl.formatMessage({ id: "delivery.close" })} />
        </div>
        <Drawer.Body className={styles["body"] ?? ""}>
          {shown != null && <DeliveryDetails delivery={shown} actions={actions} />}
          {shown == null && error !== undefined && (
            <ErrorState error={error} onRetry={() => reload({ requestPolicy: "network-only" })} />
          )}
          {shown == null && error === undefined && isMissing && (
            <EmptyState title={intl.formatMessage({ id: "delivery.notFound" })}>
              <StateHint>
                <FormattedMessage id="delivery.notFoundHint" />
              </StateHint>
            </EmptyState>
          )}
          {shown == null && error === undefined && !isMissing && (
            <LoadingState label={intl.formatMessage({ id: "delivery.detailsLoading" })} rows={5} />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
