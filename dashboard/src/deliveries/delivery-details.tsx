import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { RotateCw, X } from "lucide-react";
import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { CopyButton } from "../components/copy-button.tsx";
import { Fact, Facts, Verbatim } from "../components/facts.tsx";
import { graphql } from "../graphql/generated/gql.ts";
import type { DeliveryDetailsFragment } from "../graphql/generated/graphql.ts";
import type { MessageId } from "../i18n/en.ts";
import { AttemptList } from "./attempt-list.tsx";
import styles from "./delivery-details.module.css";
import { DeliveryExplanation } from "./delivery-explanation.tsx";
import { isCancellable, isUndelivered } from "./delivery-status.ts";
import { DeliveryStatusBadge } from "./delivery-status-badge.tsx";
import { failureOf, hintOf, outcomeMessage } from "./failure.ts";
import { RequestBody } from "./request-body.tsx";
import { timeOfId } from "./time-of-id.ts";
import type { DeliveryActions } from "./use-delivery-actions.ts";

graphql(`
  fragment DeliveryDetails on Delivery {
    id
    status
    attemptNumber
    nextRetryAt
    outcome
    responseStatus
    errorCode
    errorMessage
    skipReason
    deliveredAt
    createdAt
    updatedAt
    eventType
    requestMethod
    templateRevision
    requestUrl
    requestBody
    event {
      id
      orderNumber
    }
    webhookConfig {
      id
      organizationId
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
  onRecover,
}: {
  delivery: DeliveryDetailsFragment;
  actions: DeliveryActions | null;
  onRecover?: ((since: string) => void) | undefined;
}) {
  const intl = useIntl();
  const exactTime = (at: string) => intl.formatDate(at, { dateStyle: "medium", timeStyle: "medium" });
  return (
    <>
      <div className={styles["summary"]}>
        <DeliveryStatusBadge status={delivery.status} />
        <p className={styles["meaning"]}>
          <FormattedMessage id={meaningOf(delivery)} />
        </p>
        <OutcomeHint delivery={delivery} />
        {isExpressionAtFault(delivery) && (
          <p className={styles["fault"]}>
            <Verbatim>{delivery.errorMessage ?? ""}</Verbatim>
            <RequestLink delivery={delivery}>
              <FormattedMessage id="delivery.toRequest" />
            </RequestLink>
          </p>
        )}
        {isHeldBack(delivery) && (
          <DeliveryExplanation eventId={delivery.event.id} webhookConfigId={delivery.webhookConfig.id} />
        )}
      </div>
      {actions !== null && <Actions delivery={delivery} actions={actions} onRecover={onRecover} />}
      <Facts>
        <Fact name="delivery.event">
          <FormattedMessage id={`event.${delivery.eventType}`} />
        </Fact>
        <Fact name="delivery.webhook">{delivery.webhookConfig.name}</Fact>
        <Fact name="delivery.address">
          <Verbatim>{`${delivery.requestMethod} ${delivery.requestUrl}`}</Verbatim>
        </Fact>
        {delivery.templateRevision != null && (
          <Fact name="delivery.template">
            <RequestLink delivery={delivery}>
              <FormattedMessage id="delivery.revision" values={{ revision: delivery.templateRevision }} />
            </RequestLink>
          </Fact>
        )}
        <Fact name="delivery.created">{exactTime(delivery.createdAt)}</Fact>
        {delivery.deliveredAt != null && <Fact name="delivery.delivered">{exactTime(delivery.deliveredAt)}</Fact>}
        <Fact name="delivery.id">
          <Verbatim>{delivery.id}</Verbatim>{" "}
          <CopyButton text={delivery.id} label={intl.formatMessage({ id: "delivery.copyId" })} />
        </Fact>
      </Facts>
      <AttemptList
        attempts={delivery.attempts}
        request={{ method: delivery.requestMethod, body: delivery.requestBody }}
        nextRetryAt={delivery.nextRetryAt ?? null}
      />
      <RequestBody body={delivery.requestBody} />
    </>
  );
}

/** To where the webhook's filter and request are written, and its revisions are listed. */
function RequestLink({
  delivery: { webhookConfig },
  children,
}: {
  delivery: DeliveryDetailsFragment;
  children: ReactNode;
}) {
  return (
    <Link
      className={styles["link"] ?? ""}
      to="/organizations/$organizationId/webhooks/$webhookConfigId"
      params={{ organizationId: webhookConfig.organizationId, webhookConfigId: webhookConfig.id }}
      search={{ tab: "request" }}
    >
      {children}
    </Link>
  );
}

function Actions({
  delivery,
  actions,
  onRecover,
}: {
  delivery: DeliveryDetailsFragment;
  actions: DeliveryActions;
  onRecover: ((since: string) => void) | undefined;
}) {
  const last = actions.last?.id === delivery.id ? actions.last : null;
  const isBusy = actions.busyId === delivery.id;
  const obstacle = actions.obstacleTo(delivery.webhookConfig.id);
  return (
    <div className={styles["actions"]}>
      {delivery.status !== "PENDING" && (
        <Button
          size="sm"
          variant={isUndelivered(delivery.status) ? "filled" : "default"}
          leftSection={<RotateCw size={15} aria-hidden="true" />}
          disabled={isBusy || obstacle !== null}
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
      {onRecover !== undefined && delivery.status === "FAILED" && (
        <Button size="sm" variant="default" onClick={() => onRecover(timeOfId(delivery.id))}>
          <FormattedMessage id="delivery.recover" />
        </Button>
      )}
      {obstacle !== null && delivery.status !== "PENDING" && (
        <p className={styles["hint"]}>
          <FormattedMessage id={`delivery.obstacle.${obstacle}`} />
        </p>
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

function OutcomeHint({ delivery }: { delivery: DeliveryDetailsFragment }) {
  if (delivery.status !== "FAILED" && delivery.status !== "RETRYING") return null;
  const failure = failureOf(delivery);
  const hintId = failure === null ? null : hintOf(failure);
  if (hintId === null) return null;
  return (
    <p className={styles["hint"]}>
      <FormattedMessage id={hintId} />
    </p>
  );
}

/** What waits or was not sent has a reason beyond its attempts. */
function isHeldBack({ status, skipReason }: DeliveryDetailsFragment): boolean {
  if (status === "SKIPPED") return skipReason !== "FILTER_FAILED";
  return status === "PENDING" || status === "RETRYING" || status === "CANCELLED";
}

/** What is wrong with a filter or a request template, and where, only its own words say. */
function isExpressionAtFault({ status, skipReason, errorCode }: DeliveryDetailsFragment): boolean {
  if (status === "SKIPPED") return skipReason === "FILTER_FAILED";
  return status === "FAILED" && (errorCode === "TEMPLATE_FAILED" || errorCode === "SUCCESS_CONDITION_FAILED");
}

function meaningOf(delivery: DeliveryDetailsFragment): MessageId {
  if (delivery.status === "CANCELLED") return "outcome.cancelled";
  if (delivery.status === "SKIPPED")
    return delivery.skipReason === "FILTER_FAILED" ? "outcome.filterFailed" : "outcome.skipped";
  const { status, outcome, errorCode } = delivery;
  if (errorCode === "TEMPLATE_FAILED") return "outcome.unrendered";
  return status === "PENDING" || outcome == null ? "outcome.pending" : outcomeMessage({ ...delivery, outcome });
}
