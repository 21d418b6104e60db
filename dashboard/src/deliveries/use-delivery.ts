import { useEffect, useSyncExternalStore } from "react";
import { useQuery } from "urql";
import type { DetailState } from "../components/detail-view.tsx";
import { graphql } from "../graphql/generated/gql.ts";
import type { DeliveryDetailsFragment } from "../graphql/generated/graphql.ts";
import type { DeliveryStore } from "./delivery-store.ts";

const Delivery_Delivery = graphql(`
  query Delivery_Delivery($id: ID!) {
    delivery(id: $id) {
      ...DeliveryDetails
    }
  }
`);

/** One delivery with its attempts, asked for again whenever the list learns that it changed. `id` null: none. */
export function useDelivery(id: string | null, store: DeliveryStore): DetailState<DeliveryDetailsFragment> {
  const [{ data, error }, execute] = useQuery({
    query: Delivery_Delivery,
    variables: { id: id ?? "" },
    pause: id === null,
    requestPolicy: "network-only",
  });
  const changedAt = useSyncExternalStore(store.subscribe, () => (id === null ? null : store.updatedAtOf(id)));
  const delivery = data?.delivery?.id === id ? (data?.delivery ?? null) : null;
  const isOutdated = delivery !== null && changedAt !== null && Date.parse(changedAt) > Date.parse(delivery.updatedAt);
  useEffect(() => {
    if (isOutdated && changedAt !== null) execute({ requestPolicy: "network-only" });
  }, [isOutdated, changedAt, execute]);
  return {
    found: delivery,
    isMissing: data?.delivery === null && id !== null,
    error: error ?? null,
    reload: () => execute({ requestPolicy: "network-only" }),
  };
}
