import { useIntl } from "react-intl";
import type { DeliveryStatus } from "../graphql/generated/graphql.ts";
import { type AttemptResult, failureOf, hintOf } from "./failure.ts";
import styles from "./failure-label.module.css";

/** Why the latest attempt failed, in a few plain words for a row; what to do about it is its title. Nothing where no failure is to be explained. */
export function FailureLabel({ delivery }: { delivery: AttemptResult & { readonly status: DeliveryStatus } }) {
  const intl = useIntl();
  const isFailing = delivery.status === "FAILED" || delivery.status === "RETRYING";
  const failure = isFailing ? failureOf(delivery) : null;
  if (failure === null) return null;
  const hintId = hintOf(failure);
  const sentences = [`outcome.${failure}` as const, ...(hintId === null ? [] : [hintId])];
  return (
    <span className={styles["failure"]} title={sentences.map((id) => intl.formatMessage({ id })).join(" ")}>
      {intl.formatMessage({ id: `failure.${failure}` })}
    </span>
  );
}
