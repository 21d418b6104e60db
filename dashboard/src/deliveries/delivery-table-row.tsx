import { RotateCw } from "lucide-react";
import { memo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { RelativeTime } from "../components/relative-time.tsx";
import { formatResponseTime } from "../components/response-time.ts";
import { RowButton } from "../components/row-button.tsx";
import type { DeliveryRow } from "../feed/delivery-row-fragment.ts";
import { isUndelivered } from "./delivery-status.ts";
import { DeliveryStatusBadge } from "./delivery-status-badge.tsx";
import styles from "./delivery-table.module.css";
import { FailureLabel } from "./failure-label.tsx";
import { NextRetry } from "./next-retry.tsx";
import type { RetryObstacle } from "./retry-obstacle.ts";

/** Plain elements instead of Mantine's: the rows are redrawn up to four times a second. */
export const DeliveryTableRow = memo(function DeliveryTableRow({
  delivery,
  hasActions,
  isBusy,
  obstacle,
  isOpen = false,
  onRetry,
  onOpen,
  measure,
  index,
}: {
  delivery: DeliveryRow;
  hasActions: boolean;
  isBusy: boolean;
  /** Why it cannot be retried; null when it can. */
  obstacle: RetryObstacle | null;
  /** Whether it is shown beside the list. */
  isOpen?: boolean;
  onRetry: ((id: string) => Promise<void>) | undefined;
  onOpen: (id: string) => void;
  /** Both only in a list that draws a part of its rows. */
  measure?: (row: HTMLTableRowElement | null) => void;
  index?: number;
}) {
  const intl = useIntl();
  const eventName = intl.formatMessage({ id: `event.${delivery.eventType}` });
  const order = delivery.event.orderNumber ?? eventName;
  const retryLabel = intl.formatMessage({ id: "delivery.retryOne" }, { order });
  return (
    <tr
      ref={measure}
      data-index={index}
      data-open={isOpen}
      aria-current={isOpen || undefined}
      aria-rowindex={index === undefined ? undefined : index + 2}
    >
      <td className={styles["order"]}>
        <RowButton className={styles["open"]} data-delivery={delivery.id} onClick={() => onOpen(delivery.id)}>
          {order}
        </RowButton>
        {delivery.event.orderNumber != null && <span className={styles["event"]}>{eventName}</span>}
      </td>
      <td className={styles["webhook"]}>{delivery.webhookConfig.name}</td>
      <td className={styles["status"]}>
        <DeliveryStatusBadge status={delivery.status} />
        <FailureLabel delivery={delivery} />
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
              disabled={isBusy || obstacle !== null}
              aria-label={retryLabel}
              title={obstacle === null ? retryLabel : intl.formatMessage({ id: `delivery.obstacle.${obstacle}` })}
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
