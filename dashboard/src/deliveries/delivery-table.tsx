import { RotateCw } from "lucide-react";
import { memo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { RelativeTime } from "../components/relative-time.tsx";
import { formatResponseTime } from "../components/response-time.ts";
import type { DeliveryRow as DeliveryRowData } from "../feed/delivery-row-fragment.ts";
import { isUndelivered } from "./delivery-status.ts";
import { DeliveryStatusBadge } from "./delivery-status-badge.tsx";
import styles from "./delivery-table.module.css";
import { NextRetry } from "./next-retry.tsx";
import type { DeliveryActions } from "./use-delivery-actions.ts";

/** Plain elements instead of Mantine's: the rows are redrawn up to four times a second. */
export function DeliveryTable({
  deliveries,
  actions,
  onOpen,
}: {
  deliveries: readonly DeliveryRowData[];
  /** Null when the key may not change anything. */
  actions: DeliveryActions | null;
  onOpen: (id: string) => void;
}) {
  const intl = useIntl();
  return (
    <div className={styles["container"]}>
      <table className={styles["table"]} aria-label={intl.formatMessage({ id: "deliveries.title" })}>
        <thead>
          <tr>
            <th scope="col">
              <FormattedMessage id="delivery.order" />
            </th>
            <th scope="col">
              <FormattedMessage id="delivery.webhook" />
            </th>
            <th scope="col">
              <FormattedMessage id="delivery.status" />
            </th>
            <th scope="col" className={styles["number"]}>
              <FormattedMessage id="delivery.httpStatus" />
            </th>
            <th scope="col" className={styles["number"]}>
              <FormattedMessage id="delivery.responseTime" />
            </th>
            <th scope="col" className={styles["number"]}>
              <FormattedMessage id="delivery.attempts" />
            </th>
            <th scope="col">
              <FormattedMessage id="delivery.created" />
            </th>
            {actions !== null && (
              <th scope="col">
                <span className="visually-hidden">
                  <FormattedMessage id="delivery.actions" />
                </span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <DeliveryRow
              key={delivery.id}
              delivery={delivery}
              hasActions={actions !== null}
              isBusy={actions?.busyId === delivery.id}
              onRetry={actions?.retry}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const DeliveryRow = memo(function DeliveryRow({
  delivery,
  hasActions,
  isBusy,
  onRetry,
  onOpen,
}: {
  delivery: DeliveryRowData;
  hasActions: boolean;
  isBusy: boolean;
  onRetry: ((id: string) => Promise<void>) | undefined;
  onOpen: (id: string) => void;
}) {
  const intl = useIntl();
  const eventName = intl.formatMessage({ id: `event.${delivery.eventType}` });
  const order = delivery.event.orderNumber ?? eventName;
  const retryLabel = intl.formatMessage({ id: "delivery.retryOne" }, { order });
  return (
    <tr>
      <td className={styles["order"]}>
        <button type="button" className={styles["open"]} aria-haspopup="dialog" onClick={() => onOpen(delivery.id)}>
          {order}
        </button>
        {delivery.event.orderNumber != null && <span className={styles["event"]}>{eventName}</span>}
      </td>
      <td className={styles["webhook"]}>{delivery.webhookConfig.name}</td>
      <td className={styles["status"]}>
        <DeliveryStatusBadge status={delivery.status} />
        {delivery.nextRetryAt != null && (
          <span className={styles["next"]}>
            <NextRetry at={delivery.nextRetryAt} />
          </span>
        )}
      </td>
      <td className={styles["number"]} data-label={intl.formatMessage({ id: "delivery.httpStatus" })}>
        {delivery.responseStatus ?? <NoValue />}
      </td>
      <td className={styles["number"]}>
        {delivery.responseTimeMs == null ? <NoValue /> : formatResponseTime(intl, delivery.responseTimeMs)}
      </td>
      <td className={styles["number"]} data-label={intl.formatMessage({ id: "delivery.attempts" })}>
        {intl.formatNumber(delivery.attemptNumber)}
      </td>
      <td className={styles["created"]}>
        <RelativeTime at={delivery.createdAt} />
      </td>
      {hasActions && (
        <td className={styles["actions"]}>
          {isUndelivered(delivery.status) && (
            <button
              type="button"
              className={styles["retry"]}
              disabled={isBusy}
              aria-label={retryLabel}
              title={retryLabel}
              onClick={() => void onRetry?.(delivery.id)}
            >
              <RotateCw className={styles["retryIcon"]} size={15} aria-hidden="true" />
              <span className={styles["retryText"]}>
                <FormattedMessage id="delivery.retry" />
              </span>
            </button>
          )}
        </td>
      )}
    </tr>
  );
});

function NoValue() {
  return <span aria-hidden="true">–</span>;
}
