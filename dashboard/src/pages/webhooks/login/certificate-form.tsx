import { Button } from "@mantine/core";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { z } from "zod/mini";
import { Problem } from "../../../components/problem.tsx";
import { requiredText } from "../../../forms/required-text.ts";
import { TextAreaField } from "../../../forms/text-area-field.tsx";
import { useServerForm } from "../../../forms/use-server-form.ts";
import styles from "./login.module.css";
import { WebhookLogin_Update } from "./webhook-login-update.ts";

interface CertificateFormValues {
  clientCertificate: { certificate: string; privateKey: string };
}

/** A certificate and its key, pasted as files have them. The key is not shown again; for a renewed certificate it may stay. */
export function CertificateForm({
  webhookConfigId,
  hasCertificate,
  onDone,
  onCancel,
}: {
  webhookConfigId: string;
  hasCertificate: boolean;
  onDone: () => void;
  onCancel: () => void;
}) {
  const intl = useIntl();
  const [, update] = useMutation(WebhookLogin_Update);
  const { form, submit, problem, isBusy } = useServerForm<CertificateFormValues>({
    schema: z.object({
      clientCertificate: z.object({
        certificate: requiredText,
        privateKey: hasCertificate ? z.string().check(z.trim()) : requiredText,
      }),
    }),
    defaultValues: { clientCertificate: { certificate: "", privateKey: "" } },
    send: async ({ clientCertificate: { certificate, privateKey } }) => {
      const clientCertificate = { certificate, ...(privateKey !== "" && { privateKey }) };
      const { data, error } = await update({ input: { id: webhookConfigId, clientCertificate } });
      return { errors: data?.updateWebhookConfig.errors, error };
    },
    onDone,
  });
  return (
    <form className={styles["form"]} onSubmit={submit} noValidate>
      {problem !== null && <Problem>{problem}</Problem>}
      <TextAreaField
        form={form}
        name="clientCertificate.certificate"
        rows={6}
        label={intl.formatMessage({ id: "certificate.certificate" })}
        description={intl.formatMessage({ id: "certificate.certificateHint" })}
        placeholder={certificateBegin}
        autoComplete="off"
        spellCheck={false}
      />
      <TextAreaField
        form={form}
        name="clientCertificate.privateKey"
        rows={6}
        label={intl.formatMessage({ id: "login.privateKey" })}
        description={intl.formatMessage({ id: hasCertificate ? "certificate.keyKeptHint" : "certificate.keyHint" })}
        placeholder={privateKeyBegin}
        autoComplete="off"
        spellCheck={false}
      />
      <div className={styles["actions"]}>
        <Button type="submit" loading={isBusy}>
          <FormattedMessage id="webhook.save" />
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          <FormattedMessage id="dialog.cancel" />
        </Button>
      </div>
    </form>
  );
}

const certificateBegin = "-----BEGIN CERTIFICATE-----";
const privateKeyBegin = "-----BEGIN PRIVATE KEY-----";
