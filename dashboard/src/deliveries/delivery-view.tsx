import { useIntl } from "react-intl";
import { type DetailState, DetailView } from "../components/detail-view.tsx";
import type { DeliveryDetailsFragment } from "../graphql/generated/graphql.ts";
import { DeliveryDetails } from "./delivery-details.tsx";
import type { DeliveryActions } from "./use-delivery-actions.ts";

/** A delivery with everything about it, or why there is nothing to show. */
export function DeliveryView({
  state,
  actions,
  onRecover,
}: {
  state: DetailState<DeliveryDetailsFragment>;
  actions: DeliveryActions | null;
  onRecover?: ((since: string) => void) | undefined;
}) {
  const intl = useIntl();
  return (
    <DetailView
      state={state}
      missing={{
        title: intl.formatMessage({ id: "delivery.notFound" }),
        hint: intl.formatMessage({ id: "delivery.notFoundHint" }),
      }}
    >
      {(delivery) => <DeliveryDetails delivery={delivery} actions={actions} onRecover={onRecover} />}
    </DetailView>
  );
}
