import { ShieldAlert, ShieldCheck, ShieldX } from "lucide-react";
import { FormattedMessage } from "react-intl";
import type { SignatureVerdict } from "../graphql/generated/graphql.ts";
import styles from "./signature-badge.module.css";
import { signatureTone } from "./signature-tone.ts";

const icons = { good: ShieldCheck, doubtful: ShieldAlert, bad: ShieldX };

/** Whether a request is signed by us, at a glance. */
export function SignatureBadge({ verdict }: { verdict: SignatureVerdict }) {
  const tone = signatureTone(verdict);
  const Icon = icons[tone];
  return (
    <span className={styles["badge"]} data-tone={tone}>
      <Icon size={14} aria-hidden="true" />
      <FormattedMessage id={`signature.${verdict}`} />
    </span>
  );
}
