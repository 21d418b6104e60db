import { Button, Switch } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import { lazy } from "react";
import { Controller } from "react-hook-form";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Fold } from "../../components/fold.tsx";
import { LazyPart } from "../../components/lazy-part.tsx";
import { Problem } from "../../components/problem.tsx";
import { TextField } from "../../forms/text-field.tsx";
import { useServerForm } from "../../forms/use-server-form.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import type { TemplateFormFragment } from "../../graphql/generated/graphql.ts";
import { useOrganization } from "../../session/organization.ts";
import type { TemplateWords } from "../../webhook-templates/template-words.ts";
import { useTemplateWords } from "../../webhook-templates/use-template-words.ts";
import type { CreatedTemplatedWebhookData } from "./created-webhook.tsx";
import { EventTypesField } from "./event-types-field.tsx";
import styles from "./template-form.module.css";
import {
  newTemplateValues,
  type TemplateFormValues,
  templateFormSchema,
  templateInput,
} from "./template-form-values.ts";
import { TemplateInputField } from "./template-input-field.tsx";

graphql(`
  fragment TemplateForm on WebhookTemplate {
    id
    name
    description
    events
    documentationUrl
    preparation
    inputs {
      key
      label
      description
      isRequired
      pattern
      placeholder
      defaultValue
      ...TemplateInputField
    }
    ...TemplatePreview
  }
`);

const TemplateForm_Create = graphql(`
  mutation TemplateForm_Create($input: CreateWebhookConfigInput!) {
    createWebhookConfig(input: $input) {
      webhookConfig {
        id
        name
      }
      secretKey
      errors {
        ...Refusal
      }
    }
  }
`);

const TemplatePreview = lazy(() =>
  import("./template-preview.tsx").then((module) => ({ default: module.TemplatePreview })),
);

/** What a template asks for; the rest is filled in. */
export function TemplateForm({
  template,
  onCreated,
}: {
  template: TemplateFormFragment;
  onCreated: (created: CreatedTemplatedWebhookData) => void;
}) {
  const intl = useIntl();
  const { id: organizationId } = useOrganization();
  const words = useTemplateWords()(template);
  const [, create] = useMutation(TemplateForm_Create);
  const { form, submit, problem, isBusy } = useServerForm<TemplateFormValues>({
    schema: templateFormSchema(template.inputs, ({ placeholder }) =>
      intl.formatMessage({ id: "templateForm.unusual" }, { example: placeholder }),
    ),
    defaultValues: newTemplateValues({ ...template, name: words.name }),
    isCheckedAsTyped: true,
    send: async ({ name, events, template: chosen }) => {
      const input = { organizationId, name, events, template: templateInput(chosen) };
      const { data, error } = await create({ input });
      const { webhookConfig, secretKey, errors } = data?.createWebhookConfig ?? {};
      if (webhookConfig != null && secretKey != null)
        onCreated({ ...webhookConfig, secretKey, isImitation: chosen.imitation });
      return { errors, error };
    },
    onDone: () => window.scrollTo(0, 0),
  });
  const { errors } = form.formState;
  const field = (input: TemplateFormFragment["inputs"][number]) => (
    <TemplateInputField
      key={input.key}
      form={form}
      input={input}
      words={words.inputs[input.key] ?? { label: input.label, hint: input.description }}
    />
  );
  const prefilled = template.inputs.filter(({ isRequired }) => !isRequired);
  const isWrongInFold =
    errors.name !== undefined ||
    errors.events !== undefined ||
    prefilled.some(({ key }) => errors.template?.inputs?.[key]);
  return (
    <form className={styles["form"]} onSubmit={submit} noValidate>
      {problem !== null && <Problem>{problem}</Problem>}
      <Preparation words={words} documentationUrl={template.documentationUrl} />
      {template.inputs.filter(({ isRequired }) => isRequired).map(field)}
      <Controller
        control={form.control}
        name="template.imitation"
        render={({ field: { value, onChange, ref } }) => (
          <Switch
            ref={ref}
            checked={value}
            onChange={(event) => {
              onChange(event);
              form.clearErrors("template");
            }}
            withThumbIndicator={false}
            label={intl.formatMessage({ id: "templateForm.imitation" })}
            description={intl.formatMessage({ id: "templateForm.imitationHint" }, { system: words.name })}
          />
        )}
      />
      <Fold titleId="templateForm.prefilled" isForcedOpen={isWrongInFold}>
        {prefilled.map(field)}
        <TextField
          form={form}
          name="name"
          label={intl.formatMessage({ id: "webhookForm.name" })}
          description={intl.formatMessage({ id: "webhookForm.nameHint" })}
          autoComplete="off"
        />
        <EventTypesField form={form} />
      </Fold>
      <Fold titleId="templateForm.preview">
        <LazyPart>
          <TemplatePreview template={template} entered={form.watch("template.inputs")} />
        </LazyPart>
      </Fold>
      <div className={styles["actions"]}>
        <Button type="submit" loading={isBusy}>
          <FormattedMessage id="webhooks.create" />
        </Button>
        <Button
          variant="subtle"
          renderRoot={(props) => (
            <Link to="/organizations/$organizationId/webhooks/new" params={{ organizationId }} {...props} />
          )}
        >
          <FormattedMessage id="templateForm.back" />
        </Button>
      </div>
    </form>
  );
}

/** What has to be there at the vendor before the first order comes, and where it is documented. */
function Preparation({
  words: { name, preparation },
  documentationUrl,
}: {
  words: Required<TemplateWords>;
  documentationUrl: string;
}) {
  return (
    <div className={styles["preparation"]}>
      {preparation.length > 0 && (
        <>
          <p className={styles["hint"]}>
            <FormattedMessage id="templateForm.preparation" values={{ system: name }} />
          </p>
          <ul className={styles["steps"]}>
            {preparation.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ul>
        </>
      )}
      <a className={styles["link"]} href={documentationUrl} target="_blank" rel="noreferrer">
        <FormattedMessage id="templateForm.documentation" values={{ system: name }} />
        <ExternalLink size={14} aria-hidden="true" />
      </a>
    </div>
  );
}
