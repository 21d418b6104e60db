import { useId } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { CodeBlock } from "../components/code-block.tsx";
import { CopyTextButton } from "../components/copy-text-button.tsx";
import { Countdown } from "../components/countdown.tsx";
import { useNowMs } from "../components/now.ts";
import { formatResponseTime } from "../components/response-time.ts";
import { graphql } from "../graphql/generated/gql.ts";
import type { AttemptItemFragment } from "../graphql/generated/graphql.ts";
import styles from "./attempt-list.module.css";
import { curlCommand, type SentRequest } from "./curl-command.ts";
import { outcomeMessage } from "./failure.ts";

graphql(`
  fragment AttemptItem on DeliveryAttempt {
    id
    attemptNumber
    trigger
    outcome
    isLate
    requestUrl
    requestHeaders
    responseStatus
    responseHeaders
    responseBody
    isResponseBodyTruncated
    responseTimeMs
    errorCode
    startedAt
  }
`);

/** What is the same for every attempt. */
type RequestOfAll = Pick<SentRequest, "method" | "body">;

/** Newest first, with the one that is still to come on top. */
export function AttemptList({
  attempts,
  request,
  nextRetryAt,
}: {
  attempts: readonly AttemptItemFragment[];
  request: RequestOfAll;
  nextRetryAt: string | null;
}) {
  const titleId = useId();
  const newestFirst = attempts.toSorted((left, right) => right.attemptNumber - left.attemptNumber);
  const newest = newestFirst[0];
  return (
    <section aria-labelledby={titleId}>
      <h3 id={titleId} className={styles["heading"]}>
        <FormattedMessage id="delivery.attemptsTitle" />
      </h3>
      {newest === undefined && (
        <p className={styles["none"]}>
          <FormattedMessage id="delivery.noAttempts" />
        </p>
      )}
      <ol className={styles["list"]} reversed>
        {nextRetryAt !== null && (
          <li className={styles["item"]} data-outcome="NEXT">
            <NextAttempt number={(newest?.attemptNumber ?? 0) + 1} at={nextRetryAt} />
          </li>
        )}
        {newestFirst.map((attempt) => (
          <Attempt key={attempt.id} attempt={attempt} request={request} isNewest={attempt === newest} />
        ))}
      </ol>
    </section>
  );
}

function NextAttempt({ number, at }: { number: number; at: string }) {
  const isDue = Date.parse(at) <= useNowMs();
  if (isDue) return <FormattedMessage id="delivery.nextAttemptDue" values={{ number }} />;
  return <FormattedMessage id="delivery.nextAttempt" values={{ number, when: <Countdown until={at} /> }} />;
}

function Attempt({
  attempt,
  request,
  isNewest,
}: {
  attempt: AttemptItemFragment;
  request: RequestOfAll;
  isNewest: boolean;
}) {
  const intl = useIntl();
  return (
    <li className={styles["item"]} data-outcome={attempt.outcome}>
      <div className={styles["line"]}>
        <strong>
          <FormattedMessage id="attempt.number" values={{ number: attempt.attemptNumber }} />
        </strong>
        <span className={styles["dim"]}>
          <FormattedMessage id={`attempt.trigger.${attempt.trigger}`} />
          {attempt.isLate && (
            <>
              {" · "}
              <FormattedMessage id="attempt.late" />
            </>
          )}
        </span>
        <span className={styles["time"]}>
          {intl.formatDate(attempt.startedAt, { dateStyle: "short", timeStyle: "medium" })}
        </span>
      </div>
      <p className={styles["outcome"]}>
        {attempt.responseStatus != null && <b>{`HTTP ${attempt.responseStatus} `}</b>}
        <FormattedMessage id={outcomeMessage(attempt)} />
        {hasCause(attempt) && <code className={styles["cause"]}>{attempt.errorCode}</code>}
        {attempt.responseTimeMs != null && (
          <span className={styles["dim"]}>{` ${formatResponseTime(intl, attempt.responseTimeMs)}`}</span>
        )}
      </p>
      <Wire attempt={attempt} isNewest={isNewest} />
      <CopyCurl attempt={attempt} request={request} />
    </li>
  );
}

/** What went over the wire besides the request body, which is the same for every attempt. */
function Wire({ attempt, isNewest }: { attempt: AttemptItemFragment; isNewest: boolean }) {
  const intl = useIntl();
  const responseBody = intl.formatMessage({ id: "delivery.responseBody" });
  const requestHeaders = intl.formatMessage({ id: "delivery.requestHeaders" });
  const responseHeaders = intl.formatMessage({ id: "delivery.responseHeaders" });
  return (
    <>
      {attempt.responseBody != null && (
        <details className={styles["wire"]} open={isNewest}>
          <summary>{responseBody}</summary>
          <CodeBlock
            label={responseBody}
            copyLabel={intl.formatMessage({ id: "delivery.copyResponseBody" })}
            text={attempt.responseBody === "" ? intl.formatMessage({ id: "delivery.emptyBody" }) : attempt.responseBody}
          />
          {attempt.isResponseBodyTruncated && (
            <p className={styles["dim"]}>
              <FormattedMessage id="delivery.responseTruncated" />
            </p>
          )}
        </details>
      )}
      <details className={styles["wire"]}>
        <summary>
          <FormattedMessage id="delivery.headers" />
        </summary>
        <p className={styles["dim"]}>{requestHeaders}</p>
        <CodeBlock
          label={requestHeaders}
          copyLabel={intl.formatMessage({ id: "delivery.copyRequestHeaders" })}
          text={headerLines(attempt.requestHeaders)}
        />
        {attempt.responseHeaders != null && (
          <>
            <p className={styles["dim"]}>{responseHeaders}</p>
            <CodeBlock
              label={responseHeaders}
              copyLabel={intl.formatMessage({ id: "delivery.copyResponseHeaders" })}
              text={headerLines(attempt.responseHeaders)}
            />
          </>
        )}
      </details>
    </>
  );
}

/** What the server writes instead of a secret value. */
const redacted = "[redacted]";

/** The command sends the same bytes under the signature of this attempt. */
function CopyCurl({ attempt, request }: { attempt: AttemptItemFragment; request: RequestOfAll }) {
  const intl = useIntl();
  const command = curlCommand({ ...request, url: attempt.requestUrl, headers: attempt.requestHeaders });
  return (
    <p className={styles["curl"]}>
      <CopyTextButton text={command} label={intl.formatMessage({ id: "delivery.copyCurl" })} />
      {Object.values(attempt.requestHeaders).includes(redacted) && (
        <span className={styles["dim"]}>
          <FormattedMessage id="delivery.curlRedacted" />
        </span>
      )}
    </p>
  );
}

/** An HTTP answer and a timeout say all there is; a connection fails for more reasons than we have words for, and the guide explains each by its code. */
function hasCause({ outcome, errorCode }: AttemptItemFragment): boolean {
  return errorCode != null && (outcome === "UNREACHABLE" || outcome === "BLOCKED");
}

function headerLines(headers: Record<string, unknown>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join("\n");
}
