import { useIntl } from "react-intl";
import { FilterChips } from "../components/filter-chips.tsx";
import type { DeliveryStatus } from "../graphql/generated/graphql.ts";
import { deliveryStatuses } from "./delivery-status.ts";

export function StatusFilter({
  value,
  onChange,
}: {
  value: DeliveryStatus | null;
  onChange: (status: DeliveryStatus | null) => void;
}) {
  const intl = useIntl();
  return (
    <FilterChips
      label={intl.formatMessage({ id: "deliveries.filter" })}
      value={value}
      options={[null, ...deliveryStatuses].map((status) => ({
        value: status,
        label: intl.formatMessage({ id: status === null ? "deliveries.all" : `status.${status}` }),
      }))}
      onChange={onChange}
    />
  );
}
