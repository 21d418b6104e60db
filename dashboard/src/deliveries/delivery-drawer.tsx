import { DetailDrawer } from "../components/detail-drawer.tsx";
import type { DeliveryStore } from "./delivery-store.ts";
import { DeliveryView } from "./delivery-view.tsx";
import { useDelivery } from "./use-delivery.ts";
import type { DeliveryActions } from "./use-delivery-actions.ts";
import { useDeliveryTitle } from "./use-delivery-title.ts";

export interface DeliveryDrawerProps {
  /** Null when no delivery is open. */
  readonly deliveryId: string | null;
  readonly store: DeliveryStore;
  /** Null when the reader may not change anything. */
  readonly actions: DeliveryActions | null;
  /** Offers to send again what failed since; absent where the list has no such filter. */
  readonly onRecover?: ((since: string) => void) | undefined;
  readonly onClose: () => void;
}

/** A delivery over the page. */
export function DeliveryDrawer({ deliveryId, store, actions, onRecover, onClose }: DeliveryDrawerProps) {
  const state = useDelivery(deliveryId, store);
  const title = useDeliveryTitle(state.found);
  return (
    <DetailDrawer isOpen={deliveryId !== null} title={title} onClose={onClose}>
      <DeliveryView state={state} actions={actions} onRecover={onRecover} />
    </DetailDrawer>
  );
}
