import { FormattedMessage } from "react-intl";
import styles from "./delivery-table.module.css";

export function DeliveryTableHead({ hasActions }: { hasActions: boolean }) {
  return (
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
        {hasActions && (
          <th scope="col">
            <span className="visually-hidden">
              <FormattedMessage id="delivery.actions" />
            </span>
          </th>
        )}
      </tr>
    </thead>
  );
}
