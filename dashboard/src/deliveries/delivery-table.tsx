import { useIntl } from "react-intl";
import type { DeliveryRow } from "../feed/delivery-row-fragment.ts";
import styles from "./delivery-table.module.css";
import { DeliveryTableHead } from "./delivery-table-head.tsx";
import { DeliveryTableRow } from "./delivery-table-row.tsx";
import type { DeliveryActions } from "./use-delivery-actions.ts";

/** A few deliveries, all of them drawn. */
export function DeliveryTable({
  deliveries,
  actions,
  onOpen,
}: {
  deliveries: readonly DeliveryRow[];
  /** Null when the key may not change anything. */
  actions: DeliveryActions | null;
  onOpen: (id: string) => void;
}) {
  const intl = useIntl();
  return (
    <div className={styles["container"]}>
      <table className={styles["table"]} aria-label={intl.formatMessage({ id: "deliveries.title" })}>
        <DeliveryTableHead hasActions={actions !== null} />
        <tbody>
          {deliveries.map((delivery) => (
            <DeliveryTableRow
              key={delivery.id}
              delivery={delivery}
              hasActions={actions !== null}
              isBusy={actions?.busyId === delivery.id}
              obstacle={actions?.obstacleTo(delivery.webhookConfig.id) ?? null}
              onRetry={actions?.retry}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
