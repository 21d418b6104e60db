import { Drawer } from "@mantine/core";
import { useIntl } from "react-intl";
import styles from "./delivery-drawer.module.css";
import type { DeliveryStore } from "./delivery-store.ts";
import { DeliveryView } from "./delivery-view.tsx";
import { useDelivery } from "./use-delivery.ts";
import type { DeliveryActions } from "./use-delivery-actions.ts";
import { useDeliveryTitle } from "./use-delivery-title.ts";

/** A delivery over the page. */
export function DeliveryDrawer({
  deliveryId,
  store,
  actions,
  onRecover,
  onClose,
}: {
  /** Null when no delivery is open. */
  deliveryId: string | null;
  store: DeliveryStore;
  actions: DeliveryActions | null;
  onRecover?: ((since: string) => void) | undefined;
  onClose: () => void;
}) {
  const intl = useIntl();
  const state = useDelivery(deliveryId, store);
  const title = useDeliveryTitle(state.delivery);
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
          <DeliveryView state={state} actions={actions} onRecover={onRecover} />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
