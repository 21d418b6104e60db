import { FormattedMessage } from "react-intl";
import type { DeliveryStatus } from "../graphql/generated/graphql.ts";
import styles from "./delivery-status-badge.module.css";

export function DeliveryStatusBadge({ status }: { status: DeliveryStatus }) {
  return (
    <span className={styles["badge"]} data-status={status}>
      <span className={styles["dot"]} aria-hidden="true" />
      <FormattedMessage id={`status.${status}`} />
    </span>
  );
}
