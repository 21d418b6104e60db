import { useState } from "react";
import { useThrottledEffect } from "../components/use-throttled-effect.ts";
import { graphql } from "../graphql/generated/gql.ts";
import { useLiveUpdates } from "../graphql/use-live-updates.ts";

const DeliveryChanges_Updates = graphql(`
  subscription DeliveryChanges_Updates($organizationId: ID!) {
    deliveryUpdates(organizationId: $organizationId, cursorFirst: true) {
      cursor
    }
  }
`);

/** Runs `onChange` after deliveries of the organization have changed or may have, at most once per `intervalMs`. */
export function useDeliveryChanges(organizationId: string, intervalMs: number, onChange: () => void): void {
  const [cursor, setCursor] = useState<string | null>(null);
  useLiveUpdates(
    DeliveryChanges_Updates,
    organizationId,
    () => ({ organizationId }),
    ({ deliveryUpdates }) => setCursor(deliveryUpdates.cursor),
  );
  useThrottledEffect(onChange, intervalMs, cursor);
}
