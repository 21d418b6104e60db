import { FormattedMessage, useIntl } from "react-intl";
import { RelativeTime } from "../../components/relative-time.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { WebhookHealthFragment } from "../../graphql/generated/graphql.ts";
import styles from "./webhook-health.module.css";

graphql(`
  fragment WebhookHealth on WebhookConfig {
    isActive
    disabledAt
    disabledReason
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

/** What is wrong with a webhook, since when, and what follows from it. Nothing when all is well. */
export function WebhookHealth({ webhook }: { webhook: WebhookHealthFragment }) {
  const { isActive, health, missed } = webhook;
  const isTroubled = !isActive || health.state !== "HEALTHY" || missed.count > 0;
  if (!isTroubled) return null;
  return (
    <div className={styles["health"]} data-state={isActive ? health.state : "OFF"}>
      {isActive ? <Trouble health={health} /> : <Off webhook={webhook} />}
      {missed.count > 0 && (
        <p className={styles["line"]}>
          <FormattedMessage
            id={isActive ? "webhook.missed" : "webhook.missing"}
            values={{
              count: missed.count,
              when: missed.since == null ? "" : <RelativeTime at={missed.since} />,
            }}
          />
        </p>
      )}
    </div>
  );
}

function Off({ webhook }: { webhook: WebhookHealthFragment }) {
  const { disabledAt, disabledReason } = webhook;
  return (
    <p className={styles["line"]}>
      {disabledAt != null && (
        <FormattedMessage id="webhook.offSince" values={{ when: <RelativeTime at={disabledAt} /> }} />
      )}{" "}
      <OffReason reason={disabledReason ?? null} />
    </p>
  );
}

function OffReason({ reason }: { reason: string | null }) {
  if (reason === null) return null;
  if (reason === "gone") return <FormattedMessage id="webhook.disabledGone" />;
  if (reason === "failing") return <FormattedMessage id="webhook.disabledFailing" />;
  return <FormattedMessage id="webhook.disabledReason" values={{ reason }} />;
}

function Trouble({ health }: { health: WebhookHealthFragment["health"] }) {
  const intl = useIntl();
  const { failingSince, failedAttempts, disablingProgress, breakerOpenUntil } = health;
  if (failingSince == null) return null;
  const progress = intl.formatNumber(disablingProgress, { style: "percent", maximumFractionDigits: 0 });
  return (
    <>
      <p className={styles["line"]}>
        <FormattedMessage
          id="webhook.failingSince"
          values={{ when: <RelativeTime at={failingSince} />, count: failedAttempts }}
        />
      </p>
      {breakerOpenUntil != null && (
        <p className={styles["line"]}>
          <FormattedMessage id="webhook.pausedUntil" values={{ when: <RelativeTime at={breakerOpenUntil} /> }} />
        </p>
      )}
      {disablingProgress >= shownProgressMin && (
        <div className={styles["progress"]}>
          <span>
            <FormattedMessage id="webhook.disablingProgress" values={{ progress }} />
          </span>
          <meter
            className={styles["meter"]}
            aria-label={intl.formatMessage({ id: "webhook.disablingLabel" })}
            value={disablingProgress}
          />
        </div>
      )}
    </>
  );
}
