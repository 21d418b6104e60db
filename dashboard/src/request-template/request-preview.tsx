import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { CodeBlock } from "../components/code-block.tsx";
import { LoadingState } from "../components/list-states.tsx";
import { Panel } from "../components/panel.tsx";
import { RequestBody } from "../deliveries/request-body.tsx";
import type { EventType, ReceiverAuthenticationType } from "../graphql/generated/graphql.ts";
import type { DraftOutcome } from "./evaluate-draft.ts";
import { OrderChoice } from "./order-choice.tsx";
import styles from "./request-preview.module.css";
import type { PreviewOrder } from "./use-preview-order.ts";

/** The webhook that a preview is for. */
export interface PreviewedWebhook {
  readonly url: string;
  readonly events: readonly EventType[];
  /** Their values are not known here. */
  readonly customHeaderNames: readonly string[];
  /** How its requests log in at the receiver; null: not at all. */
  readonly authentication: ReceiverLogin | null;
}

interface ReceiverLogin {
  readonly type: ReceiverAuthenticationType;
  readonly headerName?: string | null;
  readonly scheme?: string | null;
}

/** What an order would be sent as, evaluated here while it is edited. Nothing is sent. */
export function RequestPreview({
  webhook,
  order,
  outcome,
}: {
  webhook: PreviewedWebhook;
  order: PreviewOrder;
  /** Null while there is none yet. */
  outcome: DraftOutcome | null;
}) {
  const intl = useIntl();
  return (
    <Panel title={intl.formatMessage({ id: "requestPreview.title" })}>
      <div className={styles["content"]}>
        <OrderChoice order={order} />
        {outcome === null ? (
          <LoadingState label={intl.formatMessage({ id: "loading" })} />
        ) : (
          <>
            <Verdict webhook={webhook} eventType={order.eventType} outcome={outcome} />
            {outcome.request !== null && <Request webhook={webhook} request={outcome.request} />}
          </>
        )}
      </div>
    </Panel>
  );
}

function Verdict({
  webhook,
  eventType,
  outcome: { filter, problems, request },
}: {
  webhook: PreviewedWebhook;
  eventType: EventType;
  outcome: DraftOutcome;
}) {
  if (problems.some(({ place }) => place !== "successCondition") || request === null) {
    return (
      <Sentence state="failed">
        <FormattedMessage id="requestPreview.problems" values={{ count: problems.length }} />
      </Sentence>
    );
  }
  if (!webhook.events.includes(eventType)) {
    return (
      <Sentence state="cancelled">
        <FormattedMessage id="preview.notSent.EVENT_TYPE_NOT_SELECTED" />
      </Sentence>
    );
  }
  if (filter?.matches === false) {
    return (
      <Sentence state="retrying">
        <FormattedMessage
          id="requestPreview.filtered"
          values={{ clause: <code className={styles["clause"]}>{filter.clause?.text}</code> }}
        />
      </Sentence>
    );
  }
  return (
    <Sentence state="success">
      <FormattedMessage id="requestPreview.sent" />
    </Sentence>
  );
}

function Sentence({ state, children }: { state: string; children: ReactNode }) {
  return (
    <p role="status" className={styles["verdict"]} data-state={state}>
      {children}
    </p>
  );
}

function Request({
  webhook: { url, customHeaderNames, authentication },
  request: { method, path, headers, body },
}: {
  webhook: PreviewedWebhook;
  request: NonNullable<DraftOutcome["request"]>;
}) {
  const intl = useIntl();
  const own = new Set(headers.map(([name]) => name.toLowerCase()));
  const lines = [
    `${method} ${url}${path ?? ""}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...customHeaderNames.filter((name) => !own.has(name.toLowerCase())).map((name) => `${name}: ${hidden}`),
    ...loginOf(authentication),
  ];
  return (
    <>
      <section className={styles["part"]}>
        <h3 className={styles["heading"]}>
          <FormattedMessage id="preview.request" />
        </h3>
        <CodeBlock label={intl.formatMessage({ id: "preview.request" })} text={lines.join("\n")} />
        <p className={styles["hint"]}>
          <FormattedMessage id="requestPreview.moreHeaders" />
        </p>
      </section>
      <RequestBody body={body} />
    </>
  );
}

const hidden = "••••••";

function loginOf(authentication: ReceiverLogin | null): readonly string[] {
  switch (authentication?.type) {
    case "HEADER":
      return [`${authentication.headerName}: ${hidden}`];
    case "BASIC":
      return [`Authorization: Basic ${hidden}`];
    case "OAUTH2_CLIENT_CREDENTIALS":
    case "OAUTH2_REFRESH_TOKEN":
      return [`Authorization: ${authentication.scheme} ${hidden}`];
    default:
      return [];
  }
}
