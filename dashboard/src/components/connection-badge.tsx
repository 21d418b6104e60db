import { FormattedMessage, useIntl } from "react-intl";
import { useConnectionState } from "../graphql/live-connection-context.ts";
import styles from "./connection-badge.module.css";

export function ConnectionBadge() {
  const intl = useIntl();
  const state = useConnectionState();
  return (
    <span
      className={styles["badge"]}
      data-state={state}
      role="status"
      title={intl.formatMessage({ id: `connection.${state}Hint` })}
    >
      <span className={styles["dot"]} aria-hidden="true" />
      <FormattedMessage id={`connection.${state}`} />
    </span>
  );
}
