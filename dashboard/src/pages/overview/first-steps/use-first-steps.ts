import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { useThrottledEffect } from "../../../components/use-throttled-effect.ts";
import { graphql } from "../../../graphql/generated/gql.ts";
import { type StepsDone, stepsDone } from "./steps-done.ts";

graphql(`
  fragment FirstStepsDelivery on Delivery {
    id
    status
    outcome
    responseStatus
    responseTimeMs
    errorCode
  }
`);

const FirstSteps_Progress = graphql(`
  query FirstSteps_Progress($organizationId: ID!) {
    webhookConfigs(organizationId: $organizationId, first: 1) {
      edges {
        node {
          id
        }
      }
    }
    orderEvents(organizationId: $organizationId, first: 1) {
      edges {
        node {
          id
        }
      }
    }
    accepted: deliveries(organizationId: $organizationId, filter: { status: [SUCCESS] }, first: 1) {
      edges {
        node {
          ...FirstStepsDelivery
        }
      }
    }
    latest: deliveries(organizationId: $organizationId, first: 1) {
      edges {
        node {
          ...FirstStepsDelivery
        }
      }
    }
  }
`);

/** How soon a step ticks itself after something happened. */
const refreshMs = 250;

/**
 * How far the organization is, live; null once there is nothing to show: a delivery was accepted before the page was
 * opened, or the person closed the list after it. `changes` is anything that changes when deliveries do.
 */
export function useFirstSteps(
  organizationId: string,
  changes: unknown,
): { readonly steps: StepsDone | null; readonly reload: () => void; readonly close: () => void } {
  const [{ data }, execute] = useQuery({
    query: FirstSteps_Progress,
    variables: { organizationId },
    requestPolicy: "network-only",
  });
  const [wasOpen, setWasOpen] = useState(false);
  const [isClosed, setClosed] = useState(false);
  const steps = data === undefined ? null : stepsDone(data);
  const isOpen = steps !== null && steps.accepted === null;
  useEffect(() => {
    if (isOpen) setWasOpen(true);
  }, [isOpen]);
  const reload = () => execute({ requestPolicy: "network-only" });
  useThrottledEffect(() => isOpen && reload(), refreshMs, changes);
  return { steps: (isOpen || wasOpen) && !isClosed ? steps : null, reload, close: () => setClosed(true) };
}
