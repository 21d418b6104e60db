import { FormattedMessage, useIntl } from "react-intl";
import { RelativeTime } from "../../components/relative-time.tsx";
import { failureOf, hintOf } from "../../deliveries/failure.ts";
import type { WebhookItemFragment } from "../../graphql/generated/graphql.ts";
import { formatShare } from "./format-share.ts";
import type { LatestFailure } from "./use-latest-failures.ts";
import { conditionOf } from "./webhook-condition.ts";
import styles from "./webhook-item.module.css";

/** Why a webhook does not get what it should, and what happens next. Nothing for a webhook that does. */
export function WebhookTrouble({
  webhook,
  failure,
}: {
  webhook: WebhookItemFragment;
  /** Its latest failure; undefined when there is none, or it is not loaded yet. */
  failure: LatestFailure | undefined;
}) {
  const condition = conditionOf(webhook);
  if (condition === "off") {
    return (
      <div className={styles["problem"]}>
        <p>
          <ReasonOff reason={webhook.disabledReason ?? null} />
        </p>
        {webhook.missed.count > 0 && (
          <p>
            <FormattedMessage id="trouble.missedWhileOff" values={{ count: webhook.missed.count }} />
          </p>
        )}
      </div>
    );
  }
  if (condition !== "failing" && condition !== "paused") return null;
  return (
    <div className={styles["problem"]}>
      {failure !== undefined && <FailureReason failure={failure} />}
      <FailingFor webhook={webhook} />
    </div>
  );
}

function ReasonOff({ reason }: { reason: string | null }) {
  if (reason === "gone") return <FormattedMessage id="webhook.disabledGone" />;
  if (reason === "failing") return <FormattedMessage id="trouble.disabledFailing" />;
  if (reason === null) return <FormattedMessage id="trouble.off" />;
  return <FormattedMessage id="webhook.disabledReason" values={{ reason }} />;
}

function FailureReason({ failure }: { failure: LatestFailure }) {
  const cause = failureOf(failure);
  if (cause === null) return null;
  const hintId = hintOf(cause);
  return (
    <p>
      {failure.responseStatus != null && <b>{`HTTP ${failure.responseStatus} `}</b>}
      <FormattedMessage id={`outcome.${cause}`} />
      {hintId !== null && (
        <>
          {" "}
          <FormattedMessage id={hintId} />
        </>
      )}
    </p>
  );
}

function FailingFor({ webhook: { health } }: { webhook: WebhookItemFragment }) {
  const intl = useIntl();
  return (
    <>
      <p>
        {health.failingSince != null && (
          <FormattedMessage
            id="trouble.failing"
            values={{ count: health.failedAttempts, when: <RelativeTime at={health.failingSince} /> }}
          />
        )}{" "}
        {health.breakerOpenUntil != null && (
          <FormattedMessage id="trouble.paused" values={{ when: <RelativeTime at={health.breakerOpenUntil} /> }} />
        )}
      </p>
      {health.disablingProgress >= 0.25 && (
        <p>
          <FormattedMessage id="trouble.disabling" values={{ progress: formatShare(intl, health.disablingProgress) }} />
        </p>
      )}
    </>
  );
}
