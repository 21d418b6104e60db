import { useState } from "react";
import { type CombinedError, useQuery } from "urql";
import { graphql } from "../../graphql/generated/gql.ts";
import type { TestReceiverStateFragment } from "../../graphql/generated/graphql.ts";
import { useLiveUpdates } from "../../graphql/use-live-updates.ts";

graphql(`
  fragment TestReceiverState on TestReceiver {
    url
    status
    delayMs
    failureRate
    requestCount
    isOneOfSeveral
    requests(first: 50) {
      ...ReceivedItem
    }
  }
`);

const TestReceiver_State = graphql(`
  query TestReceiver_State($organizationId: ID!) {
    testReceiver(organizationId: $organizationId) {
      ...TestReceiverState
    }
  }
`);

const TestReceiver_Updates = graphql(`
  subscription TestReceiver_Updates($organizationId: ID!) {
    testReceiverUpdates(organizationId: $organizationId) {
      ...TestReceiverState
    }
  }
`);

export interface TestReceiverView {
  /** Undefined while it is not there. */
  readonly receiver: TestReceiverStateFragment | undefined;
  readonly error: CombinedError | undefined;
  readonly reload: () => void;
}

/** The organization's test receiver with what arrived, kept current. */
export function useTestReceiver(organizationId: string): TestReceiverView {
  const [{ data, error }, reload] = useQuery({
    query: TestReceiver_State,
    variables: { organizationId },
    requestPolicy: "network-only",
  });
  const [live, setLive] = useState<TestReceiverStateFragment>();
  useLiveUpdates(
    TestReceiver_Updates,
    organizationId,
    () => ({ organizationId }),
    ({ testReceiverUpdates }) => setLive(testReceiverUpdates),
  );
  return {
    receiver: live ?? data?.testReceiver,
    error,
    reload: () => reload({ requestPolicy: "network-only" }),
  };
}
