import { FormattedMessage } from "react-intl";
import styles from "./condition-badge.module.css";
import type { WebhookCondition } from "./webhook-condition.ts";

export function ConditionBadge({ condition }: { condition: WebhookCondition }) {
  return (
    <span className={styles["badge"]} data-condition={condition}>
      <span className={styles["dot"]} aria-hidden="true" />
      <FormattedMessage id={`condition.${condition}`} />
    </span>
  );
}
