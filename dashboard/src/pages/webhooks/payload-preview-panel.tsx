import { NativeSelect } from "@mantine/core";
import { useEffect, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { CodeBlock } from "../../components/code-block.tsx";
import { LoadingState } from "../../components/list-states.tsx";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { RequestBody } from "../../deliveries/request-body.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { EventType, PayloadPreviewPanel_PreviewMutation } from "../../graphql/generated/graphql.ts";
import { type OrderEventType, orderEventTypes } from "../../orders/order-event-types.ts";
import { useRefusalText } from "../../refusals/use-refusal-text.ts";
import styles from "./payload-preview-panel.module.css";

const PayloadPreviewPanel_Preview = graphql(`
  mutation PayloadPreviewPanel_Preview($input: PreviewWebhookPayloadInput!) {
    previewWebhookPayload(input: $input) {
      preview {
        method
        url
        headers
        body
        exampleSecret
        wouldBeSent
        notSentReason
      }
      errors {
        ...Refusal
      }
    }
  }
`);

/** The exact request that the webhook would get for an example order. Nothing is sent. */
export function PayloadPreviewPanel({
  webhookConfigId,
  events,
}: {
  webhookConfigId: string;
  /** What it subscribes to: the first of them is shown first. */
  events: readonly EventType[];
}) {
  const intl = useIntl();
  const [event, setEvent] = useState<OrderEventType>(
    orderEventTypes.find((type) => events.includes(type)) ?? "ORDER_CREATED",
  );
  const [{ data, error }, preview] = useMutation(PayloadPreviewPanel_Preview);
  useEffect(() => {
    void preview({ input: { webhookConfigId, event } });
  }, [preview, webhookConfigId, event]);
  const problem = useRefusalText(data?.previewWebhookPayload.errors, error);
  const shown = data?.previewWebhookPayload.preview;
  return (
    <Panel
      title={intl.formatMessage({ id: "preview.title" })}
      aside={
        <NativeSelect
          size="sm"
          aria-label={intl.formatMessage({ id: "preview.event" })}
          value={event}
          onChange={({ currentTarget: { value } }) =>
            setEvent(orderEventTypes.find((type) => type === value) ?? "ORDER_CREATED")
          }
          data={orderEventTypes.map((type) => ({ value: type, label: intl.formatMessage({ id: `event.${type}` }) }))}
        />
      }
    >
      <div className={styles["content"]}>
        {problem !== null && <Problem>{problem}</Problem>}
        {shown == null && problem === null && <LoadingState label={intl.formatMessage({ id: "loading" })} />}
        {shown != null && <Preview preview={shown} />}
      </div>
    </Panel>
  );
}

type PreviewData = NonNullable<PayloadPreviewPanel_PreviewMutation["previewWebhookPayload"]["preview"]>;

function Preview({ preview }: { preview: PreviewData }) {
  const intl = useIntl();
  const { method, url, headers, body, exampleSecret, notSentReason } = preview;
  const head = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`)];
  return (
    <>
      <p className={styles["hint"]}>
        {notSentReason == null ? (
          <FormattedMessage id="preview.wouldBeSent" />
        ) : (
          <FormattedMessage id={`preview.notSent.${notSentReason}`} />
        )}
      </p>
      <section className={styles["part"]}>
        <h3 className={styles["heading"]}>
          <FormattedMessage id="preview.request" />
        </h3>
        <CodeBlock
          label={intl.formatMessage({ id: "preview.request" })}
          text={head.join("\n")}
          copyLabel={intl.formatMessage({ id: "preview.copyRequest" })}
        />
      </section>
      <RequestBody body={body} />
      <section className={styles["part"]}>
        <h3 className={styles["heading"]}>
          <FormattedMessage id="preview.secret" />
        </h3>
        <p className={styles["hint"]}>
          <FormattedMessage id="preview.secretHint" />
        </p>
        <CodeBlock
          label={intl.formatMessage({ id: "preview.secret" })}
          text={exampleSecret}
          copyLabel={intl.formatMessage({ id: "preview.copySecret" })}
        />
      </section>
    </>
  );
}
