import { FormattedMessage } from "react-intl";
import type { WebhookState } from "./webhook-state.ts";
import styles from "./webhook-state-badge.module.css";

export function WebhookStateBadge({ state }: { state: WebhookState }) {
  return (
    <span className={styles["badge"]} data-state={state}>
      <span className={styles["dot"]} aria-hidden="true" />
      <FormattedMessage id={`webhook.state.${state}`} />
    </span>
  );
}
