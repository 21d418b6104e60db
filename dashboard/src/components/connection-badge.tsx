import { FormattedMessage, useIntl } from "react-intl";
import type { ConnectionState } from "../graphql/live-connection.ts";
import { useConnectionState } from "../graphql/live-connection-context.ts";
import { Badge, type BadgeTone } from "./badge.tsx";

const tones: Readonly<Record<ConnectionState, BadgeTone>> = {
  connecting: "neutral",
  live: "success",
  reconnecting: "warning",
};

export function ConnectionBadge() {
  const intl = useIntl();
  const state = useConnectionState();
  return (
    <span role="status" title={intl.formatMessage({ id: `connection.${state}Hint` })}>
      <Badge tone={tones[state]} isBusy={state !== "live"}>
        <FormattedMessage id={`connection.${state}`} />
      </Badge>
    </span>
  );
}
