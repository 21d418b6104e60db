import { FormattedMessage } from "react-intl";
import { Badge, type BadgeTone } from "../components/badge.tsx";
import type { DeliveryStatus } from "../graphql/generated/graphql.ts";

const tones: Readonly<Record<DeliveryStatus, BadgeTone>> = {
  SUCCESS: "success",
  RETRYING: "warning",
  FAILED: "failure",
  PENDING: "waiting",
  CANCELLED: "neutral",
  SKIPPED: "neutral",
};

export function DeliveryStatusBadge({ status }: { status: DeliveryStatus }) {
  return (
    <Badge tone={tones[status]}>
      <FormattedMessage id={`status.${status}`} />
    </Badge>
  );
}
