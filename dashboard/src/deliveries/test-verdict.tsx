import type { ReactNode } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { formatResponseTime } from "../components/response-time.ts";
import { graphql } from "../graphql/generated/gql.ts";
import type { TestVerdictFragment } from "../graphql/generated/graphql.ts";
import { failureOf } from "./failure.ts";
import { FailureSentences } from "./failure-sentences.tsx";

graphql(`
  fragment TestVerdict on Delivery {
    id
    outcome
    responseStatus
    responseTimeMs
    errorCode
  }
`);

/** What became of a test, in a sentence. */
export function TestVerdict({ delivery }: { delivery: TestVerdictFragment }): ReactNode {
  const intl = useIntl();
  const { responseStatus: status, outcome } = delivery;
  if (outcome == null) return <FormattedMessage id="webhook.testUnfinished" />;
  const failure = failureOf(delivery);
  const time = formatResponseTime(intl, delivery.responseTimeMs ?? 0);
  if (failure === null) return <FormattedMessage id="webhook.testSucceeded" values={{ status, time }} />;
  return (
    <>
      {status != null && (
        <>
          <FormattedMessage id="webhook.testRejected" values={{ status, time }} />{" "}
        </>
      )}
      <FailureSentences failure={failure} />
    </>
  );
}
