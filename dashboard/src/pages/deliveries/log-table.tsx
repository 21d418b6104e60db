import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { useIntl } from "react-intl";
import styles from "../../deliveries/delivery-table.module.css";
import { DeliveryTableHead } from "../../deliveries/delivery-table-head.tsx";
import { DeliveryTableRow } from "../../deliveries/delivery-table-row.tsx";
import type { DeliveryActions } from "../../deliveries/use-delivery-actions.ts";
import { useDeliveryKeys } from "../../deliveries/use-delivery-keys.ts";
import type { DeliveryRow } from "../../feed/delivery-row-fragment.ts";

const estimatedRowPx = 62;
/** Rows drawn above and below the screen. */
const overscan = 12;
/** How many rows before the end the next page is asked for. */
const loadAheadRows = 30;

/** Any number of deliveries, of which only those on the screen are drawn; the page scrolls, not the table. */
export function LogTable({
  deliveries,
  actions,
  openId,
  onOpen,
  onNearEnd,
}: {
  deliveries: readonly DeliveryRow[];
  actions: DeliveryActions | null;
  openId: string | null;
  onOpen: (id: string) => void;
  /** Called when the reader comes near to the last row. */
  onNearEnd: () => void;
}) {
  const intl = useIntl();
  const body = useRef<HTMLTableSectionElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  const virtualizer = useWindowVirtualizer({
    count: deliveries.length,
    estimateSize: () => estimatedRowPx,
    getItemKey: (index) => deliveries[index]?.id ?? index,
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
    if (isNearEnd && deliveries.length > 0) onNearEnd();
  }, [isNearEnd, deliveries.length, onNearEnd]);

  return (
    <div className={styles["container"]} {...keys}>
      <table
        className={styles["table"]}
        aria-label={intl.formatMessage({ id: "log.title" })}
        aria-rowcount={deliveries.length + 1}
      >
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
