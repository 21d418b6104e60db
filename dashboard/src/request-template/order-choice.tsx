import { NativeSelect, TextInput } from "@mantine/core";
import { FormattedMessage, useIntl } from "react-intl";
import styles from "./order-choice.module.css";
import type { PreviewOrder } from "./use-preview-order.ts";

/** Which past order a draft is tried with. */
export function OrderChoice({ order }: { order: PreviewOrder }) {
  const intl = useIntl();
  const { orders, chosen, search } = order;
  const isExample = chosen === null && !order.isLoading;
  return (
    <div className={styles["choice"]}>
      <TextInput
        size="sm"
        label={intl.formatMessage({ id: "requestPreview.search" })}
        value={search}
        onChange={({ currentTarget: { value } }) => order.setSearch(value)}
        autoComplete="off"
        spellCheck={false}
      />
      <NativeSelect
        size="sm"
        label={intl.formatMessage({ id: "requestPreview.order" })}
        value={chosen?.id ?? ""}
        disabled={orders.length === 0}
        onChange={({ currentTarget: { value } }) => order.choose(value)}
        data={
          orders.length === 0
            ? [{ value: "", label: intl.formatMessage({ id: "requestPreview.example" }) }]
            : orders.map(({ id, orderNumber, eventType, createdAt }) => ({
                value: id,
                label: [
                  orderNumber,
                  intl.formatMessage({ id: `event.${eventType}` }),
                  intl.formatDate(createdAt, { dateStyle: "short", timeStyle: "short" }),
                ].join(" · "),
              }))
        }
      />
      {isExample && (
        <p className={styles["hint"]}>
          <FormattedMessage id={search === "" ? "requestPreview.noOrder" : "requestPreview.noMatch"} />
        </p>
      )}
    </div>
  );
}
