import { useState } from "react";
import { useIntl } from "react-intl";
import { type CombinedError, useMutation } from "urql";
import type { DeliveryRow } from "../feed/delivery-row-fragment.ts";
import { graphql } from "../graphql/generated/gql.ts";
import { type Refusal, refusalsOf } from "../refusals/refusal.ts";
import { refusalText } from "../refusals/refusal-text.ts";
import type { DeliveryStore } from "./delivery-store.ts";
import type { RetryObstacle } from "./retry-obstacle.ts";
import { useRetryObstacle } from "./use-retry-obstacle.ts";

const DeliveryActions_Retry = graphql(`
  mutation DeliveryActions_Retry($input: RetryDeliveryInput!) {
    retryDelivery(input: $input) {
      delivery {
        ...DeliveryRow
      }
      errors {
        ...Refusal
      }
    }
  }
`);

const DeliveryActions_Cancel = graphql(`
  mutation DeliveryActions_Cancel($input: CancelDeliveryInput!) {
    cancelDelivery(input: $input) {
      delivery {
        ...DeliveryRow
      }
      errors {
        ...Refusal
      }
    }
  }
`);

export interface DeliveryActions {
  readonly retry: (id: string) => Promise<void>;
  readonly cancel: (id: string) => Promise<void>;
  /** Why nothing can be sent to a webhook again; null where it can. */
  readonly obstacleTo: (webhookConfigId: string) => RetryObstacle | null;
  /** The delivery whose action is under way; null if none. */
  readonly busyId: string | null;
  /** What the last action led to; null before the first. `problem` is null when it was accepted. */
  readonly last: { readonly id: string; readonly action: "retry" | "cancel"; readonly problem: string | null } | null;
}

/** Retrying and cancelling; the answer goes into the list, so the row changes without waiting for the live update. */
export function useDeliveryActions(store: DeliveryStore): DeliveryActions {
  const intl = useIntl();
  const [, executeRetry] = useMutation(DeliveryActions_Retry);
  const [, executeCancel] = useMutation(DeliveryActions_Cancel);
  const obstacleTo = useRetryObstacle();
  const [busyId, setBusyId] = useState<string | null>(null);
  const [last, setLast] = useState<DeliveryActions["last"]>(null);

  const run = async (id: string, action: "retry" | "cancel", execute: () => Promise<ActionResult>) => {
    setBusyId(id);
    setLast(null);
    const { payload, error } = await execute();
    setBusyId(null);
    const problem = await refusalText(intl, refusalsOf(payload?.errors, error));
    setLast({ id, action, problem });
    if (payload?.delivery) store.apply({ deliveries: [payload.delivery], skipped: 0 });
  };

  return {
    busyId,
    last,
    obstacleTo,
    retry: (id) =>
      run(id, "retry", async () => {
        const { data, error } = await executeRetry({ input: { id } });
        return { payload: data?.retryDelivery, error };
      }),
    cancel: (id) =>
      run(id, "cancel", async () => {
        const { data, error } = await executeCancel({ input: { id } });
        return { payload: data?.cancelDelivery, error };
      }),
  };
}

interface ActionResult {
  readonly payload: { readonly delivery?: DeliveryRow | null; readonly errors: readonly Refusal[] } | undefined;
  readonly error: CombinedError | undefined;
}
