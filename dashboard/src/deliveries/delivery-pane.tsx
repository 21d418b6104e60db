import { useMediaQuery } from "@mantine/hooks";
import { lazy } from "react";
import { DetailAside } from "../components/detail-aside.tsx";
import { WhenOpened } from "../components/when-opened.tsx";
import type { DeliveryDrawerProps } from "./delivery-drawer.tsx";
import { DeliveryView } from "./delivery-view.tsx";
import { useDelivery } from "./use-delivery.ts";
import { useDeliveryTitle } from "./use-delivery-title.ts";

const DeliveryDrawer = lazy(() =>
  import("./delivery-drawer.tsx").then((module) => ({ default: module.DeliveryDrawer })),
);

/** A delivery beside its list, which stays usable; over it where there is no room. */
export function DeliveryPane(props: DeliveryDrawerProps) {
  const hasRoom = useMediaQuery("(min-width: 75em)", undefined, { getInitialValueInEffect: false });
  if (!hasRoom) {
    return (
      <WhenOpened isOpen={props.deliveryId !== null}>
        {(isOpen) => <DeliveryDrawer {...props} deliveryId={isOpen ? props.deliveryId : null} />}
      </WhenOpened>
    );
  }
  return props.deliveryId !== null && <DeliveryAside {...props} />;
}

function DeliveryAside({ deliveryId, store, actions, onRecover, onClose }: DeliveryDrawerProps) {
  const state = useDelivery(deliveryId, store);
  const title = useDeliveryTitle(state.found);
  return (
    <DetailAside title={title} onClose={onClose}>
      <DeliveryView state={state} actions={actions} onRecover={onRecover} />
    </DetailAside>
  );
}
