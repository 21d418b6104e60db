import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { graphql } from "../../graphql/generated/gql.ts";
import styles from "./event-deliveries.module.css";

const NotSentExplanation_Explanation = graphql(`
  query NotSentExplanation_Explanation($eventId: ID!, $webhookConfigId: ID!) {
    deliveryExplanation(eventId: $eventId, webhookConfigId: $webhookConfigId) {
      reason
      since
      until
      filterClause {
        text
      }
    }
  }
`);

/** Why an event did not reach a webhook (yet), in a sentence with the times. */
export function NotSentExplanation({ eventId, webhookConfigId }: { eventId: string; webhookConfigId: string }) {
  const intl = useIntl();
  const [{ data }] = useQuery({
    query: NotSentExplanation_Explanation,
    variables: { eventId, webhookConfigId },
    requestPolicy: "network-only",
  });
  const explanation = data?.deliveryExplanation;
  if (explanation == null) return null;
  const { reason, since, until, filterClause } = explanation;
  const exact = (at: string) => intl.formatDate(at, { dateStyle: "medium", timeStyle: "short" });
  return (
    <p className={styles["why"]}>
      <FormattedMessage id={`explanation.${reason}`} />
      {filterClause != null && (
        <>
          {" "}
          <FormattedMessage id="explanation.filterClause" values={{ clause: <code>{filterClause.text}</code> }} />
        </>
      )}
      {since != null && (
        <>
          {" "}
          <FormattedMessage id="explanation.since" values={{ when: exact(since) }} />
        </>
      )}
      {until != null && (
        <>
          {" "}
          <FormattedMessage id="explanation.until" values={{ when: exact(until) }} />
        </>
      )}
    </p>
  );
}
