import { Link } from "@tanstack/react-router";
import { FormattedMessage, useIntl } from "react-intl";
import { DeliveryStatusBadge } from "../../deliveries/delivery-status-badge.tsx";
import { FailureLabel } from "../../deliveries/failure-label.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { EventDeliveryFragment } from "../../graphql/generated/graphql.ts";
import { useOrganization } from "../../session/organization.ts";
import styles from "./event-deliveries.module.css";
import { NotSentExplanation } from "./not-sent-explanation.tsx";

graphql(`
  fragment EventDelivery on Delivery {
    id
    status
    outcome
    responseStatus
    errorCode
    updatedAt
    webhookConfig {
      id
      name
    }
  }
`);

export function EventDeliveryItem({
  eventId,
  webhook,
  delivery,
}: {
  eventId: string;
  webhook: { readonly id: string; readonly name: string };
  /** Null when nothing is owed. */
  delivery: EventDeliveryFragment | null;
}) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  return (
    <li className={styles["item"]} aria-label={webhook.name}>
      <div className={styles["head"]}>
        <span className={styles["name"]}>{webhook.name}</span>
        {delivery === null ? (
          <span className={styles["notSent"]}>
            <FormattedMessage id="events.notSent" />
          </span>
        ) : (
          <DeliveryStatusBadge status={delivery.status} />
        )}
      </div>
      {delivery !== null && <FailureLabel delivery={delivery} />}
      {delivery?.status !== "SUCCESS" && (
        <NotSentExplanation key={delivery?.updatedAt ?? ""} eventId={eventId} webhookConfigId={webhook.id} />
      )}
      {delivery !== null && (
        <Link
          className={styles["link"] ?? ""}
          to="/organizations/$organizationId/deliveries"
          params={{ organizationId }}
          search={{ delivery: delivery.id }}
          aria-label={intl.formatMessage({ id: "events.openDeliveryOf" }, { name: webhook.name })}
        >
          <FormattedMessage id="events.openDelivery" />
        </Link>
      )}
    </li>
  );
}
