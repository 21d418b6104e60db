import { ActionIcon, Button } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import { type UseFormReturn, useFieldArray, useWatch } from "react-hook-form";
import { FormattedMessage, useIntl } from "react-intl";
import { Problem } from "../../components/problem.tsx";
import { TextField } from "../../forms/text-field.tsx";
import { useFieldProblem } from "../../forms/use-field-problem.ts";
import styles from "./order-items-field.module.css";
import { emptyItem, type TestOrder, totalOf } from "./test-order.ts";

/** The lines of an order, at least one, with their total. */
export function OrderItemsField({ form }: { form: UseFormReturn<TestOrder> }) {
  const intl = useIntl();
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "order.items" });
  const items = useWatch({ control: form.control, name: "order.items" });
  const totalProblem = useFieldProblem(form.formState.errors, "order.totalAmount");
  return (
    <fieldset className={styles["items"]}>
      <legend className={styles["legend"]}>
        <FormattedMessage id="publish.items" />
      </legend>
      {fields.map((field, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid in all browsers
        <div
          key={field.id}
          role="group"
          className={styles["item"]}
          aria-label={intl.formatMessage({ id: "publish.item" }, { number: index + 1 })}
        >
          <TextField
            form={form}
            name={`order.items.${index}.name`}
            className={styles["name"] ?? ""}
            maxLength={500}
            label={intl.formatMessage({ id: "publish.itemName" })}
            autoComplete="off"
          />
          <TextField
            form={form}
            name={`order.items.${index}.quantity`}
            inputMode="numeric"
            label={intl.formatMessage({ id: "publish.quantity" })}
            autoComplete="off"
          />
          <TextField
            form={form}
            name={`order.items.${index}.price`}
            inputMode="decimal"
            label={intl.formatMessage({ id: "publish.price" })}
            autoComplete="off"
          />
          <ActionIcon
            variant="default"
            size="input-sm"
            className={styles["remove"] ?? ""}
            disabled={fields.length === 1}
            aria-label={intl.formatMessage({ id: "publish.removeItem" }, { number: index + 1 })}
            onClick={() => remove(index)}
          >
            <Trash2 size={16} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <div className={styles["foot"]}>
        <Button
          variant="default"
          size="sm"
          leftSection={<Plus size={15} aria-hidden="true" />}
          onClick={() => append(emptyItem)}
        >
          <FormattedMessage id="publish.addItem" />
        </Button>
        <span className={styles["total"]}>
          <FormattedMessage
            id="publish.total"
            values={{
              amount: intl.formatNumber(totalOf(items), { minimumFractionDigits: 2, maximumFractionDigits: 4 }),
            }}
          />
        </span>
      </div>
      {totalProblem !== null && <Problem>{totalProblem}</Problem>}
    </fieldset>
  );
}
