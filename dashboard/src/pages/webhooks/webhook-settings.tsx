import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import formStyles from "../../components/form.module.css";
import { Panel } from "../../components/panel.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { EventType } from "../../graphql/generated/graphql.ts";
import { DeleteWebhookPanel } from "./delete-webhook-panel.tsx";
import { WebhookForm } from "./webhook-form.tsx";
import { webhookInput } from "./webhook-form-values.ts";

const WebhookSettings_Update = graphql(`
  mutation WebhookSettings_Update($input: UpdateWebhookConfigInput!) {
    updateWebhookConfig(input: $input) {
      webhookConfig {
        id
        customHeaderNames
        updatedAt
      }
      errors {
        ...Refusal
      }
    }
  }
`);

export interface WebhookSettingsData {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly events: readonly EventType[];
  readonly customHeaderNames: readonly string[];
  readonly timeoutSeconds: number;
  readonly maxRetries: number;
  readonly retryEnabled: boolean;
}

export function WebhookSettings({ webhook, onChanged }: { webhook: WebhookSettingsData; onChanged: () => void }) {
  const intl = useIntl();
  const [, update] = useMutation(WebhookSettings_Update);
  const [isSaved, setIsSaved] = useState(false);
  const { id, customHeaderNames, events, ...settings } = webhook;
  return (
    <>
      <Panel title={intl.formatMessage({ id: "webhook.settings" })}>
        <WebhookForm
          defaultValues={{
            name: settings.name,
            url: settings.url,
            events: [...events],
            customHeaders: [],
            replacesHeaders: customHeaderNames.length === 0,
            timeoutSeconds: settings.timeoutSeconds,
            maxRetries: settings.maxRetries,
            retryEnabled: settings.retryEnabled,
          }}
          savedHeaderNames={customHeaderNames}
          submitLabel={intl.formatMessage({ id: "webhook.save" })}
          send={async (values) => {
            setIsSaved(false);
            const { data, error } = await update({ input: { id, ...webhookInput(values) } });
            return { errors: data?.updateWebhookConfig.errors, error };
          }}
          onDone={() => {
            setIsSaved(true);
            onChanged();
          }}
        >
          <p role="status" className={formStyles["done"]}>
            {isSaved && <FormattedMessage id="webhook.saved" />}
          </p>
        </WebhookForm>
      </Panel>
      <DeleteWebhookPanel id={id} name={webhook.name} />
    </>
  );
}
