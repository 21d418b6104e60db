import { FormattedMessage } from "react-intl";
import { useMinuteMs } from "../../../components/now.ts";
import styles from "../webhook-page.module.css";
import { CertificateEnd } from "./certificate-end.tsx";
import { certificateState } from "./certificate-state.ts";

/** Says that a webhook's certificate ends soon, or has ended; nothing as long as it can be used. */
export function CertificateWarning({ expiresAt }: { expiresAt: string }) {
  if (certificateState(expiresAt, useMinuteMs()) === "valid") return null;
  return (
    <p className={styles["warning"]}>
      <FormattedMessage id="certificate.title" />
      {": "}
      <CertificateEnd expiresAt={expiresAt} />
    </p>
  );
}
