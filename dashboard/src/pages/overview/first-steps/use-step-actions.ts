import { useState } from "react";
import { useIntl } from "react-intl";
import { type CombinedError, useClient } from "urql";
import { graphql } from "../../../graphql/generated/gql.ts";
import { testOrder } from "./test-order.ts";

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
        message
      }
    }
  }
`);

const FirstSteps_Publish = graphql(`
  mutation FirstSteps_Publish($input: PublishOrderEventInput!) {
    publishOrderEvent(input: $input) {
      deliveryCount
      errors {
        message
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
        if (receiver.data === undefined) return problemOf(undefined, receiver.error);
        const { data, error } = await client
          .mutation(FirstSteps_CreateWebhook, {
            input: {
              organizationId,
              name: intl.formatMessage({ id: "firstSteps.webhookName" }),
              url: receiver.data.testReceiver.url,
              events: ["ORDER_CREATED", "ORDER_UPDATED", "ORDER_COMPLETED", "ORDER_CANCELLED"],
            },
          })
          .toPromise();
        return problemOf(data?.createWebhookConfig.errors, error);
      }),
    publish: () =>
      run(async () => {
        const { data, error } = await client
          .mutation(FirstSteps_Publish, { input: testOrder(organizationId) })
          .toPromise();
        const isOwedToNobody = data?.publishOrderEvent.deliveryCount === 0;
        if (isOwedToNobody) return intl.formatMessage({ id: "firstSteps.nobody" });
        return problemOf(data?.publishOrderEvent.errors, error);
      }),
  };
}

function problemOf(
  errors: readonly { readonly message: string }[] | undefined,
  failure: CombinedError | undefined,
): string | null {
  return errors?.map(({ message }) => message).join(" ") || failure?.message || null;
}
