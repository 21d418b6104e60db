import { Button } from "@mantine/core";
import type { UseFormReturn } from "react-hook-form";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { TextField } from "../../forms/text-field.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import { useOrganization } from "../../session/organization.ts";
import { isBeginningOfUrl, urlProblem } from "./url-problem.ts";
import styles from "./webhook-form.module.css";
import type { WebhookFormValues } from "./webhook-form-values.ts";

const UrlField_TestReceiver = graphql(`
  query UrlField_TestReceiver($organizationId: ID!) {
    testReceiver(organizationId: $organizationId) {
      url
    }
  }
`);

/** Checked while it is typed; for first trials there is the built-in receiver. */
export function UrlField({ form }: { form: UseFormReturn<WebhookFormValues> }) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const [{ data }] = useQuery({ query: UrlField_TestReceiver, variables: { organizationId } });
  const receiverUrl = data?.testReceiver.url;
  const url = form.watch("url");
  return (
    <div>
      <TextField
        form={form}
        name="url"
        inputMode="url"
        label={intl.formatMessage({ id: "webhookForm.url" })}
        description={intl.formatMessage({ id: "webhookForm.urlHint" })}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        onInput={({ currentTarget }) => {
          if (isBeginningOfUrl(currentTarget.value)) return form.clearErrors("url");
          form.setValue("url", currentTarget.value, { shouldValidate: true, shouldDirty: true });
        }}
      />
      {receiverUrl !== undefined && urlProblem(url) !== null && (
        <div className={styles["offer"]}>
          <FormattedMessage id="webhookForm.receiverOffer" />
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => form.setValue("url", receiverUrl, { shouldValidate: true, shouldDirty: true })}
          >
            <FormattedMessage id="webhookForm.useReceiver" />
          </Button>
        </div>
      )}
    </div>
  );
}

const placeholder = "https://crm.example.com/vera";
