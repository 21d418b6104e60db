import { useId } from "react";
import { FormattedMessage } from "react-intl";
import type { DeliveryStatus } from "../graphql/generated/graphql.ts";
import { deliveryStatuses } from "./delivery-status.ts";
import styles from "./status-filter.module.css";

export function StatusFilter({
  value,
  onChange,
}: {
  value: DeliveryStatus | null;
  onChange: (status: DeliveryStatus | null) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles["filter"]}>
      <legend className="visually-hidden">
        <FormattedMessage id="deliveries.filter" />
      </legend>
      {[null, ...deliveryStatuses].map((status) => (
        <label key={status} className={styles["option"]}>
          <input
            className={styles["input"]}
            type="radio"
            name={name}
            checked={status === value}
            onChange={() => onChange(status)}
          />
          <FormattedMessage id={status === null ? "deliveries.all" : `status.${status}`} />
        </label>
      ))}
    </fieldset>
  );
}
