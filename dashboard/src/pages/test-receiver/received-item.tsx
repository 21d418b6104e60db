import { UnstyledButton } from "@mantine/core";
import { ChevronRight } from "lucide-react";
import { useId } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { graphql } from "../../graphql/generated/gql.ts";
import type { ReceivedItemFragment } from "../../graphql/generated/graphql.ts";
import type { MessageId } from "../../i18n/en.ts";
import { SignatureBadge } from "../../signatures/signature-badge.tsx";
import { ReceivedDetails } from "./received-details.tsx";
import styles from "./received-item.module.css";

graphql(`
  fragment ReceivedItem on ReceivedRequest {
    id
    receivedAt
    method
    path
    headers
    signatureVerdict
    webhookConfig {
      id
      name
    }
    deliveryId
    respondedStatus
    respondedBody
    respondedAt
    isAbandoned
  }
`);

/** A request in one line: when, what, from whom, whether it is signed, and how it was answered. */
export function ReceivedItem({
  request,
  isOpen,
  onToggle,
}: {
  request: ReceivedItemFragment;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const intl = useIntl();
  const detailsId = useId();
  const attempt = request.headers["x-webhook-attempt"];
  return (
    <li className={styles["item"]}>
      <UnstyledButton
        className={styles["line"] ?? ""}
        aria-expanded={isOpen}
        aria-controls={isOpen ? detailsId : undefined}
        onClick={onToggle}
      >
        <ChevronRight size={16} className={styles["chevron"]} aria-hidden="true" />
        <time className={styles["time"]} dateTime={request.receivedAt}>
          {intl.formatTime(request.receivedAt, { timeStyle: "medium" })}
        </time>
        <span className={styles["event"]}>
          <EventName request={request} />
          {typeof attempt === "string" && attempt !== "1" && (
            <span className={styles["dim"]}>
              {" · "}
              <FormattedMessage id="receiver.attempt" values={{ number: attempt }} />
            </span>
          )}
          <span className={styles["sender"]}>
            {request.webhookConfig?.name ?? <FormattedMessage id="receiver.unknownSender" />}
          </span>
          {request.path !== "" && <span className={styles["path"]}>{`${request.method} ${request.path}`}</span>}
        </span>
        <span className={styles["signature"]}>
          {!isTokenRequest(request) && <SignatureBadge verdict={request.signatureVerdict} />}
        </span>
        <span className={styles["answer"]} data-accepted={request.respondedAt != null && request.respondedStatus < 300}>
          <Answer request={request} />
        </span>
      </UnstyledButton>
      {isOpen && (
        <div id={detailsId} className={styles["details"]}>
          <ReceivedDetails request={request} />
        </div>
      )}
    </li>
  );
}

/** In words, where it is one of ours. */
function EventName({ request }: { request: ReceivedItemFragment }) {
  const intl = useIntl();
  const name = request.headers["x-webhook-event"];
  if (isTokenRequest(request)) return <FormattedMessage id="receiver.tokenRequest" />;
  if (typeof name !== "string") return <FormattedMessage id="receiver.unknownEvent" />;
  const id = `event.${name.toUpperCase().replaceAll(".", "_")}`;
  return id in intl.messages ? intl.formatMessage({ id: id as MessageId }) : name;
}

/** Asking for an access token is no delivery: it has no event, and is not signed. */
function isTokenRequest({ path, headers }: ReceivedItemFragment): boolean {
  return path !== "" && headers["x-webhook-event"] === undefined;
}

function Answer({ request: { respondedAt, isAbandoned, respondedStatus } }: { request: ReceivedItemFragment }) {
  if (isAbandoned) return <FormattedMessage id="receiver.abandoned" />;
  if (respondedAt == null) return <FormattedMessage id="receiver.waiting" />;
  return <span className={styles["status"]}>{`HTTP ${respondedStatus}`}</span>;
}
