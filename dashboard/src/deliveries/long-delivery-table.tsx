import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { DeliveryRow } from "../feed/delivery-row-fragment.ts";
import styles from "./delivery-table.module.css";
import { DeliveryTableHead } from "./delivery-table-head.tsx";
import { DeliveryTableRow } from "./delivery-table-row.tsx";
import type { DeliveryActions } from "./use-delivery-actions.ts";
import { useDeliveryKeys } from "./use-delivery-keys.ts";

const estimatedRowPx = 62;
/** Rows drawn above and below the screen. */
const overscan = 12;
/** How many rows before the end the next page is asked for. */
const loadAheadRows = 60;

/** Any number of deliveries, of which only those on the screen are drawn; the page scrolls, not the table. */
export function LongDeliveryTable({
  label,
  deliveries,
  actions,
  openId,
  onOpen,
  onNearEnd,
}: {
  /** What the list is. */
  label: string;
  deliveries: readonly DeliveryRow[];
  actions: DeliveryActions | null;
  openId: string | null;
  onOpen: (id: string) => void;
  /** Called when the reader comes near to the last row; absent where there is no more to load. */
  onNearEnd?: () => void;
}) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  // A new function for the same rows would have all of their places computed again, at every step of scrolling.
  const getItemKey = useCallback((index: number) => deliveries[index]?.id ?? index, [deliveries]);
  const virtualizer = useWindowVirtualizer({
    count: deliveries.length,
    estimateSize: () => estimatedRowPx,
    getItemKey,
    overscan,
    scrollMargin,
  });
  useLayoutEffect(() => {
    if (body.current !== null) setScrollMargin(Math.round(body.current.getBoundingClientRect().top + window.scrollY));
  });
  const keys = useDeliveryKeys({
    deliveries,
    actions,
    openId,
    onOpen,
    onMove: (index) => virtualizer.scrollToIndex(index),
  });

  const items = virtualizer.getVirtualItems();
  const lastDrawn = items.at(-1)?.index ?? 0;
  const isNearEnd = lastDrawn >= deliveries.length - loadAheadRows;
  useEffect(() => {
    if (isNearEnd && deliveries.length > 0) onNearEnd?.();
  }, [isNearEnd, deliveries.length, onNearEnd]);

  return (
    <div className={styles["container"]} {...keys}>
      <table className={styles["table"]} aria-label={label} aria-rowcount={deliveries.length + 1}>
        <DeliveryTableHead hasActions={actions !== null} />
        <tbody ref={body}>
          <Gap heightPx={(items[0]?.start ?? scrollMargin) - scrollMargin} />
          {items.map(({ index }) => {
            const delivery = deliveries[index];
            if (delivery === undefined) return null;
            return (
              <DeliveryTableRow
                key={delivery.id}
                delivery={delivery}
                hasActions={actions !== null}
                isBusy={actions?.busyId === delivery.id}
                obstacle={actions?.obstacleTo(delivery.webhookConfig.id) ?? null}
                isOpen={delivery.id === openId}
                onRetry={actions?.retry}
                onOpen={onOpen}
                measure={virtualizer.measureElement}
                index={index}
              />
            );
          })}
          <Gap heightPx={virtualizer.getTotalSize() - ((items.at(-1)?.end ?? scrollMargin) - scrollMargin)} />
        </tbody>
      </table>
    </div>
  );
}

function Gap({ heightPx }: { heightPx: number }) {
  if (heightPx <= 0) return null;
  return <tr className={styles["gap"]} style={{ height: heightPx }} />;
}
