import { FormattedMessage, useIntl } from "react-intl";
import { RelativeTime } from "../components/relative-time.tsx";
import { failureOf } from "../deliveries/failure.ts";
import { FailureSentences } from "../deliveries/failure-sentences.tsx";
import { graphql } from "../graphql/generated/gql.ts";
import type { WebhookTroubleFragment } from "../graphql/generated/graphql.ts";
import type { LatestFailure } from "./use-latest-failures.ts";
import { conditionOf, isFailing, type RecentDeliveries } from "./webhook-condition.ts";
import styles from "./webhook-trouble.module.css";

graphql(`
  fragment WebhookTrouble on WebhookConfig {
    id
    isActive
    disabledAt
    disabledReason
    lastTriggeredAt
    health {
      state
      failingSince
      failedAttempts
      disablingProgress
      breakerOpenUntil
    }
    missed {
      count
      since
    }
  }
`);

/** Nobody need worry about less than one percent. */
const shownProgressMin = 0.01;

/** Why a webhook does not get what it should, since when, and what follows from it. Nothing when all is well. */
export function WebhookTrouble({
  webhook,
  recent,
  failure,
}: {
  webhook: WebhookTroubleFragment;
  /** Undefined until it is known. */
  recent: RecentDeliveries | undefined;
  /** Its latest failure; undefined when there is none, or it is not loaded yet. */
  failure: LatestFailure | undefined;
}) {
  const condition = conditionOf(webhook, recent);
  const { health, missed } = webhook;
  const isWell = (condition === "healthy" || condition === "unused") && missed.count === 0;
  if (isWell) return null;
  const hasFailures = isFailing(condition);
  return (
    <div className={styles["trouble"]} data-condition={condition}>
      {condition === "off" && <Off webhook={webhook} />}
      {hasFailures && failure !== undefined && <FailureReason failure={failure} />}
      {hasFailures && <Failing health={health} retrying={recent?.retrying ?? 0} />}
      {missed.count > 0 && (
        <p className={styles["line"]}>
          <FormattedMessage
            id={webhook.isActive ? "trouble.missed" : "trouble.missedWhileOff"}
            values={{ count: missed.count, when: missed.since == null ? "" : <RelativeTime at={missed.since} /> }}
          />
        </p>
      )}
    </div>
  );
}

function Off({ webhook: { disabledAt, disabledReason } }: { webhook: WebhookTroubleFragment }) {
  return (
    <p className={styles["line"]}>
      <ReasonOff reason={disabledReason ?? null} />{" "}
      {disabledAt != null && (
        <FormattedMessage id="trouble.offSince" values={{ when: <RelativeTime at={disabledAt} /> }} />
      )}
    </p>
  );
}

function ReasonOff({ reason }: { reason: string | null }) {
  if (reason === "gone") return <FormattedMessage id="trouble.gone" />;
  if (reason === "failing") return <FormattedMessage id="trouble.disabledFailing" />;
  if (reason === null) return <FormattedMessage id="trouble.off" />;
  return <FormattedMessage id="trouble.offReason" values={{ reason }} />;
}

function FailureReason({ failure }: { failure: LatestFailure }) {
  const cause = failureOf(failure);
  if (cause === null) return null;
  return (
    <p className={styles["line"]}>
      {failure.responseStatus != null && <b>{`HTTP ${failure.responseStatus} `}</b>}
      <FailureSentences failure={cause} />
    </p>
  );
}

function Failing({ health, retrying }: { health: WebhookTroubleFragment["health"]; retrying: number }) {
  const { failingSince, failedAttempts, disablingProgress, breakerOpenUntil } = health;
  return (
    <>
      {failingSince != null && (
        <p className={styles["line"]}>
          <FormattedMessage
            id="trouble.failing"
            values={{ count: failedAttempts, when: <RelativeTime at={failingSince} /> }}
          />
        </p>
      )}
      {breakerOpenUntil != null && (
        <p className={styles["line"]}>
          <FormattedMessage id="trouble.paused" values={{ when: <RelativeTime at={breakerOpenUntil} /> }} />
        </p>
      )}
      {retrying > 0 && (
        <p className={styles["line"]}>
          <FormattedMessage id="trouble.retrying" values={{ count: retrying }} />
        </p>
      )}
      {disablingProgress >= shownProgressMin && <DisablingProgress share={disablingProgress} />}
    </>
  );
}

function DisablingProgress({ share }: { share: number }) {
  const intl = useIntl();
  const progress = intl.formatNumber(share, { style: "percent", maximumFractionDigits: 0 });
  return (
    <div className={styles["progress"]}>
      <span>
        <FormattedMessage id="trouble.disabling" values={{ progress }} />
      </span>
      <meter
        className={styles["meter"]}
        aria-label={intl.formatMessage({ id: "trouble.disablingLabel" })}
        value={share}
      />
    </div>
  );
}
