import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { graphql } from "../graphql/generated/gql.ts";
import type { DeliveryExplanationReason } from "../graphql/generated/graphql.ts";
import styles from "./delivery-details.module.css";

const DeliveryExplanation_Explanation = graphql(`
  query DeliveryExplanation_Explanation($eventId: ID!, $webhookConfigId: ID!) {
    deliveryExplanation(eventId: $eventId, webhookConfigId: $webhookConfigId) {
      reason
      since
      until
    }
  }
`);

/** Reasons that say more than the delivery's status does. */
const telling = [
  "BREAKER_OPEN",
  "WEBHOOK_OFF",
  "WEBHOOK_DELETED",
  "EVENT_TYPE_NOT_SELECTED",
  "WEBHOOK_CREATED_LATER",
] as const;

/** Why it was not sent, or is not sent yet. */
export function DeliveryExplanation({ eventId, webhookConfigId }: { eventId: string; webhookConfigId: string }) {
  const intl = useIntl();
  const [{ data }] = useQuery({
    query: DeliveryExplanation_Explanation,
    variables: { eventId, webhookConfigId },
    requestPolicy: "network-only",
  });
  const explanation = data?.deliveryExplanation;
  if (explanation == null || !isTelling(explanation.reason)) return null;
  const { reason, since, until } = explanation;
  const time = (at: string): ReactNode => intl.formatDate(at, { dateStyle: "medium", timeStyle: "short" });
  return (
    <p className={styles["hint"]}>
      <FormattedMessage id={`explanation.${reason}`} />
      {since != null && (
        <>
          {" "}
          <FormattedMessage id="explanation.since" values={{ when: time(since) }} />
        </>
      )}
      {until != null && (
        <>
          {" "}
          <FormattedMessage id="explanation.until" values={{ when: time(until) }} />
        </>
      )}
    </p>
  );
}

function isTelling(reason: DeliveryExplanationReason): reason is (typeof telling)[number] {
  return (telling as readonly DeliveryExplanationReason[]).includes(reason);
}
