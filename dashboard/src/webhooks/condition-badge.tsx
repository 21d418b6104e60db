import { FormattedMessage } from "react-intl";
import { Badge, type BadgeTone } from "../components/badge.tsx";
import type { WebhookCondition } from "./webhook-condition.ts";

const tones: Readonly<Record<WebhookCondition, BadgeTone>> = {
  healthy: "success",
  unsteady: "warning",
  paused: "warning",
  failing: "failure",
  unused: "neutral",
  off: "neutral",
};

export function ConditionBadge({ condition }: { condition: WebhookCondition }) {
  return (
    <Badge tone={tones[condition]}>
      <FormattedMessage id={`condition.${condition}`} />
    </Badge>
  );
}
