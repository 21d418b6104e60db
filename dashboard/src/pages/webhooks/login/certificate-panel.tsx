import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { Fact, Facts, Verbatim } from "../../../components/facts.tsx";
import { Panel } from "../../../components/panel.tsx";
import { Problem } from "../../../components/problem.tsx";
import type { WebhookLoginFragment } from "../../../graphql/generated/graphql.ts";
import { useRefusalText } from "../../../refusals/use-refusal-text.ts";
import { CertificateEnd } from "./certificate-end.tsx";
import { CertificateForm } from "./certificate-form.tsx";
import styles from "./login.module.css";
import { WebhookLogin_Update } from "./webhook-login-update.ts";

/** The certificate with which connections to the receiver identify themselves (mTLS). */
export function CertificatePanel({
  webhook: { id, clientCertificate },
  canManage,
}: {
  webhook: WebhookLoginFragment;
  canManage: boolean;
}) {
  const intl = useIntl();
  const [isChanging, setIsChanging] = useState(false);
  const [isAsking, dialog] = useDisclosure(false);
  const [{ data, error, fetching }, remove] = useMutation(WebhookLogin_Update);
  const problem = useRefusalText(data?.updateWebhookConfig.errors, error);
  const hasCertificate = clientCertificate != null;
  return (
    <Panel title={intl.formatMessage({ id: "certificate.title" })}>
      {isChanging ? (
        <CertificateForm
          webhookConfigId={id}
          hasCertificate={hasCertificate}
          onDone={() => setIsChanging(false)}
          onCancel={() => setIsChanging(false)}
        />
      ) : (
        <div className={styles["content"]}>
          {problem !== null && !fetching && <Problem>{problem}</Problem>}
          {hasCertificate ? (
            <Facts>
              <Fact name="certificate.subject">
                <Verbatim>{clientCertificate.subject}</Verbatim>
              </Fact>
              <Fact name="certificate.issuer">
                <Verbatim>{clientCertificate.issuer}</Verbatim>
              </Fact>
              <Fact name="certificate.end">
                <CertificateEnd expiresAt={clientCertificate.expiresAt} />
              </Fact>
            </Facts>
          ) : (
            <p className={styles["hint"]}>
              <FormattedMessage id="certificate.none" />
            </p>
          )}
          {canManage && (
            <div className={styles["actions"]}>
              <Button variant="default" onClick={() => setIsChanging(true)}>
                <FormattedMessage id={hasCertificate ? "certificate.replace" : "certificate.add"} />
              </Button>
              {hasCertificate && (
                <Button variant="default" loading={fetching} onClick={dialog.open}>
                  <FormattedMessage id="certificate.remove" />
                </Button>
              )}
            </div>
          )}
        </div>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        question={intl.formatMessage({ id: "certificate.removeQuestion" })}
        confirmLabel={intl.formatMessage({ id: "certificate.remove" })}
        isDestructive
        onConfirm={() => void remove({ input: { id, clientCertificate: {} } })}
        onClose={dialog.close}
      >
        <FormattedMessage id="certificate.removeHint" />
      </ConfirmDialog>
    </Panel>
  );
}
