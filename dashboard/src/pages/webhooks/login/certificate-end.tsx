import { FormattedMessage, useIntl } from "react-intl";
import { Badge, type BadgeTone } from "../../../components/badge.tsx";
import { useMinuteMs } from "../../../components/now.ts";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { type CertificateState, certificateState } from "./certificate-state.ts";

const tones: Readonly<Record<CertificateState, BadgeTone>> = { valid: "success", ending: "warning", ended: "failure" };

/** Until when a certificate can be used; a warning once that is soon. */
export function CertificateEnd({ expiresAt }: { expiresAt: string }) {
  const intl = useIntl();
  const state = certificateState(expiresAt, useMinuteMs());
  const day = intl.formatDate(expiresAt, { dateStyle: "long" });
  return (
    <Badge tone={tones[state]}>
      <FormattedMessage id={`certificate.${state}`} values={{ day, when: <RelativeTime at={expiresAt} /> }} />
    </Badge>
  );
}
