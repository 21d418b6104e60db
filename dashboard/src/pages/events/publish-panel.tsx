import { Button, NativeSelect } from "@mantine/core";
import { Send } from "lucide-react";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Panel } from "../../components/panel.tsx";
import { Problem } from "../../components/problem.tsx";
import { TextField } from "../../forms/text-field.tsx";
import { useServerForm } from "../../forms/use-server-form.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import { orderEventTypes } from "../../orders/order-event-types.ts";
import { testOrderNumber } from "../../orders/sample-order.ts";
import { useOrganization } from "../../session/organization.ts";
import { OrderItemsField } from "./order-items-field.tsx";
import styles from "./publish-panel.module.css";
import { type Published, PublishedPanel } from "./published-panel.tsx";
import { newTestOrder, publishInput, type TestOrder, testOrderSchema } from "./test-order.ts";

const PublishPanel_Publish = graphql(`
  mutation PublishPanel_Publish($input: PublishOrderEventInput!) {
    publishOrderEvent(input: $input) {
      event {
        id
        orderNumber
        eventType
      }
      errors {
        ...Refusal
      }
    }
  }
`);

/** Publishes an order as the ordering system would, and shows what becomes of it. */
export function PublishPanel() {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const [, publish] = useMutation(PublishPanel_Publish);
  const [published, setPublished] = useState<Published | null>(null);
  const { form, submit, problem, isBusy } = useServerForm<TestOrder>({
    schema: testOrderSchema,
    defaultValues: newTestOrder("ORDER_CREATED", new Date(), (amount) =>
      intl.formatNumber(amount, { minimumFractionDigits: 2 }),
    ),
    send: async (values) => {
      const { data, error } = await publish({
        input: publishInput(values, { organizationId, orderId: crypto.randomUUID(), now: new Date() }),
      });
      if (data?.publishOrderEvent.event != null) setPublished(data.publishOrderEvent.event);
      return { errors: data?.publishOrderEvent.errors, error };
    },
    onDone: () => form.setValue("order.orderNumber", testOrderNumber(new Date())),
  });
  return (
    <div className={styles["columns"]}>
      <Panel title={intl.formatMessage({ id: "publish.title" })}>
        <form className={styles["form"]} onSubmit={submit} noValidate>
          <p className={styles["hint"]}>
            <FormattedMessage id="publish.hint" />
          </p>
          {problem !== null && <Problem>{problem}</Problem>}
          <div className={styles["fields"]}>
            <NativeSelect label={intl.formatMessage({ id: "events.happened" })} {...form.register("event")}>
              {orderEventTypes.map((type) => (
                <option key={type} value={type}>
                  {intl.formatMessage({ id: `event.${type}` })}
                </option>
              ))}
            </NativeSelect>
            <TextField
              form={form}
              name="order.orderNumber"
              maxLength={100}
              label={intl.formatMessage({ id: "publish.orderNumber" })}
              autoComplete="off"
            />
            <TextField
              form={form}
              name="metadata.table_number"
              maxLength={100}
              label={intl.formatMessage({ id: "publish.table" })}
              autoComplete="off"
            />
            <TextField
              form={form}
              name="order.customerName"
              maxLength={200}
              label={intl.formatMessage({ id: "publish.customer" })}
              autoComplete="off"
            />
          </div>
          <OrderItemsField form={form} />
          <TextField
            form={form}
            name="order.customerNotes"
            maxLength={5000}
            label={intl.formatMessage({ id: "publish.notes" })}
            autoComplete="off"
          />
          <Button type="submit" loading={isBusy} leftSection={<Send size={16} aria-hidden="true" />}>
            <FormattedMessage id="publish.submit" />
          </Button>
        </form>
      </Panel>
      {published !== null && <PublishedPanel key={published.id} event={published} />}
    </div>
  );
}
