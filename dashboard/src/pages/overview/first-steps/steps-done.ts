import type { FirstStepsDeliveryFragment } from "../../../graphql/generated/graphql.ts";

interface List<Node> {
  readonly edges: readonly { readonly node: Node }[];
}

/** What is on record, at most one of each. */
export interface FirstStepsRecord {
  readonly webhookConfigs: List<unknown>;
  readonly orderEvents: List<unknown>;
  readonly accepted: List<FirstStepsDeliveryFragment>;
  readonly latest: List<FirstStepsDeliveryFragment>;
}

/** How far an organization is; each step is done by what is on record, whoever did it and however. */
export interface StepsDone {
  readonly hasWebhook: boolean;
  readonly hasOrder: boolean;
  /** A delivery that a receiver accepted; null before the first. */
  readonly accepted: FirstStepsDeliveryFragment | null;
  /** The latest delivery of all; null before the first. */
  readonly latest: FirstStepsDeliveryFragment | null;
}

export function stepsDone(record: FirstStepsRecord): StepsDone {
  return {
    hasWebhook: record.webhookConfigs.edges.length > 0,
    hasOrder: record.orderEvents.edges.length > 0,
    accepted: record.accepted.edges[0]?.node ?? null,
    latest: record.latest.edges[0]?.node ?? null,
  };
}
