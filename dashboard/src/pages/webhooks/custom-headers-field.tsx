import { ActionIcon, Button } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { type UseFormReturn, useFieldArray } from "react-hook-form";
import { FormattedMessage, useIntl } from "react-intl";
import { Problem } from "../../components/problem.tsx";
import { TextField } from "../../forms/text-field.tsx";
import { useFieldProblem } from "../../forms/use-field-problem.ts";
import styles from "./webhook-form.module.css";
import type { WebhookFormValues } from "./webhook-form-values.ts";

const headersMax = 20;

/** Headers that are sent along. Saved values cannot be read again, so they are replaced all together or stay. */
export function CustomHeadersField({
  form,
  savedNames,
}: {
  form: UseFormReturn<WebhookFormValues>;
  savedNames: readonly string[];
}) {
  const replaces = form.watch("replacesHeaders");
  return (
    <fieldset className={styles["headers"]}>
      <legend>
        <FormattedMessage id="webhookForm.headers" />
      </legend>
      <p className={styles["hint"]}>
        <FormattedMessage id="webhookForm.headersHint" />
      </p>
      {replaces ? <HeaderRows form={form} /> : <SavedHeaders form={form} names={savedNames} />}
    </fieldset>
  );
}

function SavedHeaders({ form, names }: { form: UseFormReturn<WebhookFormValues>; names: readonly string[] }) {
  const replace = () => {
    form.setValue(
      "customHeaders",
      names.map((name) => ({ name, value: "" })),
    );
    form.setValue("replacesHeaders", true, { shouldDirty: true });
  };
  return (
    <>
      <ul className={styles["saved"]}>
        {names.map((name) => (
          <li key={name}>
            {name} <span aria-hidden="true">••••••</span>
          </li>
        ))}
      </ul>
      <div>
        <Button variant="default" size="xs" onClick={replace}>
          <FormattedMessage id="webhookForm.replaceHeaders" />
        </Button>
      </div>
    </>
  );
}

function HeaderRows({ form }: { form: UseFormReturn<WebhookFormValues> }) {
  const intl = useIntl();
  const { fields, append, remove } = useFieldArray({ control: form.control, name: "customHeaders" });
  const problem = useFieldProblem(form.formState.errors, "customHeaders");
  return (
    <>
      {problem !== null && <Problem>{problem}</Problem>}
      {fields.map(({ id }, row) => (
        <div key={id} className={styles["row"]}>
          <TextField
            form={form}
            name={`customHeaders.${row}.name`}
            aria-label={intl.formatMessage({ id: "webhookForm.headerName" }, { number: row + 1 })}
            placeholder={intl.formatMessage({ id: "webhookForm.headerNameShort" })}
            autoComplete="off"
            spellCheck={false}
          />
          <TextField
            form={form}
            name={`customHeaders.${row}.value`}
            aria-label={intl.formatMessage({ id: "webhookForm.headerValue" }, { number: row + 1 })}
            placeholder={intl.formatMessage({ id: "webhookForm.headerValueShort" })}
            autoComplete="off"
            spellCheck={false}
          />
          <ActionIcon
            variant="default"
            size="input-sm"
            aria-label={intl.formatMessage({ id: "webhookForm.removeHeader" }, { number: row + 1 })}
            onClick={() => remove(row)}
          >
            <X size={16} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      {fields.length < headersMax && (
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<Plus size={14} aria-hidden="true" />}
            onClick={() => append({ name: "", value: "" })}
          >
            <FormattedMessage id="webhookForm.addHeader" />
          </Button>
        </div>
      )}
    </>
  );
}
