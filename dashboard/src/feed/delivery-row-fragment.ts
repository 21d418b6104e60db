import { graphql } from "../graphql/generated/gql.ts";
import type { DeliveryRowFragment } from "../graphql/generated/graphql.ts";

/** What one row of the feed shows; the list, the live updates and the actions all answer with it. */
graphql(`
  fragment DeliveryRow on Delivery {
    id
    status
    attemptNumber
    nextRetryAt
    outcome
    responseStatus
    responseTimeMs
    errorCode
    createdAt
    updatedAt
    eventType
    event {
      id
      orderNumber
    }
    webhookConfig {
      id
      name
    }
  }
`);

export type DeliveryRow = DeliveryRowFragment;
