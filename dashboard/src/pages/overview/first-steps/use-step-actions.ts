import { useState } from "react";
import { useIntl } from "react-intl";
import { useClient } from "urql";
import { graphql } from "../../../graphql/generated/gql.ts";
import { orderEventTypes } from "../../../orders/order-event-types.ts";
import { sampleOrderEvent } from "../../../orders/sample-order.ts";
import { refusalsOf } from "../../../refusals/refusal.ts";
import { refusalText } from "../../../refusals/refusal-text.ts";

const FirstSteps_TestReceiver = graphql(`
  query FirstSteps_TestReceiver($organizationId: ID!) {
    testReceiver(organizationId: $organizationId) {
      url
    }
  }
`);

const FirstSteps_CreateWebhook = graphql(`
  mutation FirstSteps_CreateWebhook($input: CreateWebhookConfigInput!) {
    createWebhookConfig(input: $input) {
      errors {
        ...Refusal
      }
    }
  }
`);

const FirstSteps_Publish = graphql(`
  mutation FirstSteps_Publish($input: PublishOrderEventInput!) {
    publishOrderEvent(input: $input) {
      deliveryCount
      errors {
        ...Refusal
      }
    }
  }
`);

export interface StepActions {
  readonly createWebhook: () => Promise<void>;
  readonly publish: () => Promise<void>;
  readonly isBusy: boolean;
  /** Why the last action led to nothing; null if it did. */
  readonly problem: string | null;
}

/** What the buttons of the first steps do. `onDone` is called after each. */
export function useStepActions(organizationId: string, onDone: () => void): StepActions {
  const intl = useIntl();
  const client = useClient();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const run = async (action: () => Promise<string | null>) => {
    setBusy(true);
    setProblem(await action());
    setBusy(false);
    onDone();
  };

  return {
    isBusy,
    problem,
    createWebhook: () =>
      run(async () => {
        const receiver = await client.query(FirstSteps_TestReceiver, { organizationId }).toPromise();
        if (receiver.data === undefined) return await refusalText(intl, refusalsOf(undefined, receiver.error));
        const { data, error } = await client
          .mutation(FirstSteps_CreateWebhook, {
            input: {
              organizationId,
              name: intl.formatMessage({ id: "firstSteps.webhookName" }),
              url: receiver.data.testReceiver.url,
              events: [...orderEventTypes],
            },
          })
          .toPromise();
        return await refusalText(intl, refusalsOf(data?.createWebhookConfig.errors, error));
      }),
    publish: () =>
      run(async () => {
        const { data, error } = await client
          .mutation(FirstSteps_Publish, { input: sampleOrderEvent(organizationId, new Date()) })
          .toPromise();
        const isOwedToNobody = data?.publishOrderEvent.deliveryCount === 0;
        if (isOwedToNobody) return intl.formatMessage({ id: "firstSteps.nobody" });
        return await refusalText(intl, refusalsOf(data?.publishOrderEvent.errors, error));
      }),
  };
}
