import { Button, Switch } from "@mantine/core";
import type { ReactNode } from "react";
import { Controller } from "react-hook-form";
import { useIntl } from "react-intl";
import { Fold } from "../../components/fold.tsx";
import { Problem } from "../../components/problem.tsx";
import { NumberField } from "../../forms/number-field.tsx";
import { TextField } from "../../forms/text-field.tsx";
import { type FormAnswer, useServerForm } from "../../forms/use-server-form.ts";
import { CustomHeadersField } from "./custom-headers-field.tsx";
import { EventTypesField } from "./event-types-field.tsx";
import { UrlField } from "./url-field.tsx";
import styles from "./webhook-form.module.css";
import { atFormFields, savedValues, type WebhookFormValues, webhookFormSchema } from "./webhook-form-values.ts";

/** The settings of a webhook, for a new one and for one that is there. */
export function WebhookForm({
  defaultValues,
  savedHeaderNames,
  submitLabel,
  send,
  onDone,
  children,
}: {
  defaultValues: WebhookFormValues;
  /** Their values are secret; empty for a new webhook. */
  savedHeaderNames: readonly string[];
  submitLabel: string;
  send: (values: WebhookFormValues) => Promise<FormAnswer>;
  onDone: () => void;
  /** Beside the submit button. */
  children?: ReactNode;
}) {
  const intl = useIntl();
  const { form, submit, problem, isBusy } = useServerForm<WebhookFormValues>({
    schema: webhookFormSchema,
    defaultValues,
    send: async (values) => {
      const { errors, error } = await send(values);
      return { errors: errors && atFormFields(errors, values), error };
    },
    onDone: () => {
      form.reset(savedValues(form.getValues()));
      onDone();
    },
  });
  const { timeoutSeconds, maxRetries } = form.formState.errors;
  const isWrongInFold = timeoutSeconds !== undefined || maxRetries !== undefined;
  return (
    <form className={styles["form"]} onSubmit={submit} noValidate>
      {problem !== null && <Problem>{problem}</Problem>}
      <TextField
        form={form}
        name="name"
        label={intl.formatMessage({ id: "webhookForm.name" })}
        description={intl.formatMessage({ id: "webhookForm.nameHint" })}
        autoComplete="off"
      />
      <UrlField form={form} />
      <EventTypesField form={form} />
      <CustomHeadersField form={form} savedNames={savedHeaderNames} />
      <Fold titleId="webhookForm.advanced" isForcedOpen={isWrongInFold}>
        <div className={styles["fields"]}>
          <NumberField
            form={form}
            name="timeoutSeconds"
            min={1}
            max={30}
            allowDecimal={false}
            label={intl.formatMessage({ id: "webhookForm.timeout" })}
            description={intl.formatMessage({ id: "webhookForm.timeoutHint" })}
          />
          <Controller
            control={form.control}
            name="retryEnabled"
            render={({ field: { value, onChange, ref } }) => (
              <Switch
                ref={ref}
                checked={value}
                onChange={onChange}
                withThumbIndicator={false}
                label={intl.formatMessage({ id: "webhookForm.retryEnabled" })}
                description={intl.formatMessage({ id: "webhookForm.retryEnabledHint" })}
              />
            )}
          />
          <NumberField
            form={form}
            name="maxRetries"
            min={0}
            max={10}
            allowDecimal={false}
            disabled={!form.watch("retryEnabled")}
            label={intl.formatMessage({ id: "webhookForm.maxRetries" })}
            description={intl.formatMessage({ id: "webhookForm.maxRetriesHint" })}
          />
        </div>
      </Fold>
      <div className={styles["actions"]}>
        <Button type="submit" loading={isBusy}>
          {submitLabel}
        </Button>
        {children}
      </div>
    </form>
  );
}
