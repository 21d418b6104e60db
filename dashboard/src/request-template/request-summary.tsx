import { useMemo } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { CodeBlock } from "../components/code-block.tsx";
import { Panel } from "../components/panel.tsx";
import { evaluateDraft } from "./evaluate-draft.ts";
import { draftOf } from "./request-draft.ts";
import styles from "./request-editor.module.css";
import type { WebhookRequest } from "./request-editor.tsx";
import { RequestPreview } from "./request-preview.tsx";
import { templateText } from "./request-text.ts";
import { RevisionsPanel } from "./revisions-panel.tsx";
import { usePreviewOrder } from "./use-preview-order.ts";

/** What a webhook sends and for which orders, for people who may only look. */
export function RequestSummary({ webhook }: { webhook: WebhookRequest }) {
  const intl = useIntl();
  const order = usePreviewOrder(webhook.organizationId);
  const { requestTemplate, filter, successCondition } = webhook;
  const outcome = useMemo(() => evaluateDraft(draftOf(webhook), order.payload), [webhook, order.payload]);
  const { bodyKind } = draftOf(webhook);
  return (
    <>
      <div className={styles["editor"]}>
        <div className={styles["column"]}>
          <Panel title={intl.formatMessage({ id: "request.body" })}>
            <div className={styles["fields"]}>
              <span>
                <FormattedMessage id={`request.bodyKind.${bodyKind}`} />
              </span>
              {requestTemplate !== null && (
                <CodeBlock
                  label={intl.formatMessage({ id: "request.template" })}
                  text={templateText(requestTemplate)}
                />
              )}
            </div>
          </Panel>
          <Panel title={intl.formatMessage({ id: "requestFilter.title" })}>
            <div className={styles["fields"]}>
              {filter === null ? (
                <FormattedMessage id="requestFilter.none" />
              ) : (
                <CodeBlock label={intl.formatMessage({ id: "requestFilter.expression" })} text={filter} />
              )}
              {successCondition !== null && (
                <CodeBlock label={intl.formatMessage({ id: "request.successCondition" })} text={successCondition} />
              )}
            </div>
          </Panel>
        </div>
        <div className={styles["aside"]}>
          <RequestPreview webhook={webhook} order={order} outcome={order.payload === null ? null : outcome} />
        </div>
      </div>
      <RevisionsPanel webhookConfigId={webhook.id} current={requestTemplate} onRestore={null} />
    </>
  );
}
