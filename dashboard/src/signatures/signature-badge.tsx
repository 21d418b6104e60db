import { ShieldAlert, ShieldCheck, ShieldX } from "lucide-react";
import { FormattedMessage } from "react-intl";
import { Badge } from "../components/badge.tsx";
import type { SignatureVerdict } from "../graphql/generated/graphql.ts";

const icons = { success: ShieldCheck, warning: ShieldAlert, failure: ShieldX };

/** Whether a request is signed by us, at a glance. */
export function SignatureBadge({ verdict }: { verdict: SignatureVerdict }) {
  const tone = toneOf(verdict);
  const Icon = icons[tone];
  return (
    <Badge tone={tone} icon={<Icon size={14} aria-hidden="true" />}>
      <FormattedMessage id={`signature.${verdict}`} />
    </Badge>
  );
}

/** It verifies, it would if something beside it were right, or it does not. */
function toneOf(verdict: SignatureVerdict): keyof typeof icons {
  switch (verdict) {
    case "VALID":
    case "VALID_BY_PREVIOUS_SECRET":
      return "success";
    case "TIMESTAMP_TOO_OLD":
    case "TIMESTAMP_TOO_NEW":
      return "warning";
    default:
      return "failure";
  }
}
