import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { Badge, type BadgeTone } from "../components/badge.tsx";
import { graphql } from "../graphql/generated/gql.ts";
import type { DryRunSideFragment } from "../graphql/generated/graphql.ts";
import { Difference } from "./difference.tsx";
import styles from "./dry-run-list.module.css";
import type { DryRunEvent } from "./dry-run-panel.tsx";
import { type DryRunVerdict, dryRunVerdict, dryRunVerdicts } from "./dry-run-verdict.ts";
import { requestText } from "./request-text.ts";

graphql(`
  fragment DryRunSide on RequestTemplateDryRunResult {
    isSent
    method
    url
    headers
    body
    filterClause {
      text
    }
    problems {
      place
      key
      code
      message
      line
      column
    }
  }
`);

const tones: Readonly<Record<DryRunVerdict, BadgeTone>> = {
  same: "neutral",
  changed: "waiting",
  filtered: "warning",
  sent: "success",
  notSent: "neutral",
  fails: "failure",
};

/** Each order with what the changes make of it; opened, what differs. */
export function DryRunList({ events }: { events: readonly DryRunEvent[] }) {
  const verdicts = events.map(({ before, after, isSame }) => dryRunVerdict(before, after, isSame));
  return (
    <>
      <ul className={styles["summary"]}>
        {dryRunVerdicts
          .filter((verdict) => verdicts.includes(verdict))
          .map((verdict) => (
            <li key={verdict}>
              <Badge tone={tones[verdict]}>
                <FormattedMessage id={`dryRun.verdict.${verdict}`} />
                {": "}
                {verdicts.filter((one) => one === verdict).length}
              </Badge>
            </li>
          ))}
      </ul>
      <ol className={styles["orders"]}>
        {events.map((event, index) => (
          <Order key={event.event.id} order={event} verdict={verdicts[index] ?? "same"} />
        ))}
      </ol>
    </>
  );
}

function Order({ order, verdict }: { order: DryRunEvent; verdict: DryRunVerdict }) {
  const intl = useIntl();
  const [isOpen, setIsOpen] = useState(false);
  const { orderNumber, eventType, createdAt } = order.event;
  return (
    <li>
      <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary className={styles["order"]}>
          <span className={styles["number"]}>{orderNumber}</span>
          <span className={styles["what"]}>
            {intl.formatMessage({ id: `event.${eventType}` })} ·{" "}
            {intl.formatDate(createdAt, { dateStyle: "short", timeStyle: "short" })}
          </span>
          <Badge tone={tones[verdict]}>
            <FormattedMessage id={`dryRun.verdict.${verdict}`} />
          </Badge>
        </summary>
        {isOpen && <Comparison order={order} />}
      </details>
    </li>
  );
}

function Comparison({ order: { event, before, after } }: { order: DryRunEvent }) {
  const intl = useIntl();
  return (
    <div className={styles["comparison"]}>
      {after.filterClause != null && (
        <p className={styles["reason"]}>
          <FormattedMessage
            id="dryRun.filteredBy"
            values={{ clause: <code className={styles["code"]}>{after.filterClause.text}</code> }}
          />
        </p>
      )}
      {after.problems.map(({ place, key, code, message, line, column }) => (
        <p key={`${place} ${key} ${line} ${column} ${message}`} className={styles["problem"]}>
          <FormattedMessage id="codeEditor.place" values={{ line, column }} />{" "}
          <FormattedMessage id={`templateProblem.${code}`} /> <span lang="en">{message}</span>
        </p>
      ))}
      <Difference
        label={intl.formatMessage({ id: "dryRun.difference" }, { order: event.orderNumber })}
        before={textOf(before)}
        after={textOf(after)}
      />
    </div>
  );
}

/** Empty when nothing is sent. */
function textOf({ isSent, method, url, headers, body }: DryRunSideFragment): string {
  return isSent ? requestText({ method: method ?? "", url: url ?? "", headers, body: body ?? "" }) : "";
}
