import { CloseButton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, useEffect, useEffectEvent, useRef } from "react";
import { useIntl } from "react-intl";
import { WhenOpened } from "../components/when-opened.tsx";
import styles from "./delivery-drawer.module.css";
import type { DeliveryStore } from "./delivery-store.ts";
import { DeliveryView } from "./delivery-view.tsx";
import { useDelivery } from "./use-delivery.ts";
import type { DeliveryActions } from "./use-delivery-actions.ts";
import { useDeliveryTitle } from "./use-delivery-title.ts";

const DeliveryDrawer = lazy(() =>
  import("./delivery-drawer.tsx").then((module) => ({ default: module.DeliveryDrawer })),
);

interface DeliveryPaneProps {
  /** Null when no delivery is open. */
  readonly deliveryId: string | null;
  readonly store: DeliveryStore;
  readonly actions: DeliveryActions | null;
  readonly onRecover?: ((since: string) => void) | undefined;
  readonly onClose: () => void;
}

/** A delivery beside its list, which stays usable; over it where there is no room. */
export function DeliveryPane(props: DeliveryPaneProps) {
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

function DeliveryAside({ deliveryId, store, actions, onRecover, onClose }: DeliveryPaneProps) {
  const intl = useIntl();
  const state = useDelivery(deliveryId, store);
  const title = useDeliveryTitle(state.delivery);
  const heading = useRef<HTMLHeadingElement>(null);
  const close = useEffectEvent(onClose);
  // Who opened it reads it next. The list stays in reach by its keys.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // An open menu or dialog takes its Escape itself.
      const isTaken = event.defaultPrevented || document.querySelector("[role=dialog], [role=menu]") !== null;
      if (event.key === "Escape" && !isTaken) close();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return (
    <aside className={styles["aside"]} aria-label={title}>
      <div className={styles["head"]}>
        <h2 ref={heading} className={styles["title"]} tabIndex={-1}>
          {title}
        </h2>
        <CloseButton aria-label={intl.formatMessage({ id: "delivery.close" })} onClick={onClose} />
      </div>
      <div className={styles["body"]}>
        <DeliveryView state={state} actions={actions} onRecover={onRecover} />
      </div>
    </aside>
  );
}
