import { Button } from "@mantine/core";
import { RotateCw, X } from "lucide-react";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { graphql } from "../graphql/generated/gql.ts";
import type { DeliveryDetailsFragment } from "../graphql/generated/graphql.ts";
import type { MessageId } from "../i18n/en.ts";
import { AttemptList } from "./attempt-list.tsx";
import styles from "./delivery-details.module.css";
import { isCancellable, isUndelivered } from "./delivery-status.ts";
import { DeliveryStatusBadge } from "./delivery-status-badge.tsx";
import { outcomeMessage } from "./outcome-message.ts";
import { RequestBody } from "./request-body.tsx";
import type { DeliveryActions } from "./use-delivery-actions.ts";

graphql(`
  fragment DeliveryDetails on Delivery {
    id
    status
    attemptNumber
    nextRetryAt
    deliveredAt
    createdAt
    updatedAt
    eventType
    requestUrl
    requestBody
    event {
      id
      orderNumber
    }
    webhookConfig {
      id
      name
    }
    attempts {
      ...AttemptItem
    }
  }
`);

export function DeliveryDetails({
  delivery,
  actions,
}: {
  delivery: DeliveryDetailsFragment;
  actions: DeliveryActions | null;
}) {
  const intl = useIntl();
  const exactTime = (at: string) => intl.formatDate(at, { dateStyle: "medium", timeStyle: "medium" });
  return (
    <div className={styles["details"]}>
      <div className={styles["summary"]}>
        <DeliveryStatusBadge status={delivery.status} />
        <p className={styles["meaning"]}>
          <FormattedMessage id={meaningOf(delivery)} />
        </p>
      </div>
      {actions !== null && <Actions delivery={delivery} actions={actions} />}
      <dl className={styles["facts"]}>
        <Fact name="delivery.event">
          <FormattedMessage id={`event.${delivery.eventType}`} />
        </Fact>
        <Fact name="delivery.webhook">{delivery.webhookConfig.name}</Fact>
        <Fact name="delivery.address">
          <span className={styles["mono"]}>{delivery.requestUrl}</span>
        </Fact>
        <Fact name="delivery.created">{exactTime(delivery.createdAt)}</Fact>
        {delivery.deliveredAt != null && <Fact name="delivery.delivered">{exactTime(delivery.deliveredAt)}</Fact>}
        <Fact name="delivery.id">
          <span className={styles["mono"]}>{delivery.id}</span>
        </Fact>
      </dl>
      <AttemptList attempts={delivery.attempts} nextRetryAt={delivery.nextRetryAt ?? null} />
      <RequestBody body={delivery.requestBody} />
    </div>
  );
}

function Fact({ name, children }: { name: MessageId; children: ReactNode }) {
  return (
    <div className={styles["fact"]}>
      <dt>
        <FormattedMessage id={name} />
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Actions({ delivery, actions }: { delivery: DeliveryDetailsFragment; actions: DeliveryActions }) {
  const last = actions.last?.id === delivery.id ? actions.last : null;
  const isBusy = actions.busyId === delivery.id;
  return (
    <div className={styles["actions"]}>
      {delivery.status !== "PENDING" && (
        <Button
          size="sm"
          variant={isUndelivered(delivery.status) ? "filled" : "default"}
          leftSection={<RotateCw size={15} aria-hidden="true" />}
          disabled={isBusy}
          onClick={() => void actions.retry(delivery.id)}
        >
          <FormattedMessage id={isUndelivered(delivery.status) ? "delivery.retry" : "delivery.repeat"} />
        </Button>
      )}
      {isCancellable(delivery.status) && (
        <Button
          size="sm"
          variant="default"
          leftSection={<X size={15} aria-hidden="true" />}
          disabled={isBusy}
          onClick={() => void actions.cancel(delivery.id)}
        >
          <FormattedMessage id={delivery.status === "RETRYING" ? "delivery.cancelLong" : "delivery.cancel"} />
        </Button>
      )}
      <p className={styles["answer"]} role="status" data-refused={last !== null && last.problem !== null}>
        {last !== null && <ActionAnswer last={last} isPending={delivery.status === "PENDING"} />}
      </p>
    </div>
  );
}

function ActionAnswer({ last, isPending }: { last: NonNullable<DeliveryActions["last"]>; isPending: boolean }) {
  if (last.problem !== null) return last.problem;
  if (last.action === "cancel") return <FormattedMessage id="delivery.cancelDone" />;
  // Once the attempt has ended, the status above is the answer.
  return isPending ? <FormattedMessage id="delivery.retryQueued" /> : null;
}

function meaningOf(delivery: DeliveryDetailsFragment): MessageId {
  if (delivery.status === "CANCELLED") return "outcome.cancelled";
  if (delivery.status === "SKIPPED") return "outcome.skipped";
  const lastAttempt = delivery.attempts.reduce<DeliveryDetailsFragment["attempts"][number] | null>(
    (last, attempt) => (last === null || attempt.attemptNumber > last.attemptNumber ? attempt : last),
    null,
  );
  if (delivery.status === "PENDING" || lastAttempt === null) return "outcome.pending";
  return outcomeMessage(lastAttempt);
}
