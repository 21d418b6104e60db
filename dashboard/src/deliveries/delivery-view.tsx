import { FormattedMessage, useIntl } from "react-intl";
import { EmptyState, ErrorState, LoadingState, StateHint } from "../components/list-states.tsx";
import { DeliveryDetails } from "./delivery-details.tsx";
import type { DeliveryState } from "./use-delivery.ts";
import type { DeliveryActions } from "./use-delivery-actions.ts";

/** A delivery with everything about it, or why there is nothing to show. */
export function DeliveryView({
  state: { delivery, error, isMissing, reload },
  actions,
  onRecover,
}: {
  state: DeliveryState;
  actions: DeliveryActions | null;
  /** Offers to send again what failed since; absent where the list has no such filter. */
  onRecover?: ((since: string) => void) | undefined;
}) {
  const intl = useIntl();
  if (delivery !== null) return <DeliveryDetails delivery={delivery} actions={actions} onRecover={onRecover} />;
  if (error !== null) return <ErrorState error={error} onRetry={reload} />;
  if (isMissing) {
    return (
      <EmptyState title={intl.formatMessage({ id: "delivery.notFound" })}>
        <StateHint>
          <FormattedMessage id="delivery.notFoundHint" />
        </StateHint>
      </EmptyState>
    );
  }
  return <LoadingState label={intl.formatMessage({ id: "delivery.detailsLoading" })} rows={5} />;
}
