import { Button } from "@mantine/core";
import type { UseFormReturn } from "react-hook-form";
import { FormattedMessage, useIntl } from "react-intl";
import { useMutation } from "urql";
import { Fold } from "../../../components/fold.tsx";
import { Problem } from "../../../components/problem.tsx";
import { PasswordField } from "../../../forms/password-field.tsx";
import { SelectField } from "../../../forms/select-field.tsx";
import { TextField } from "../../../forms/text-field.tsx";
import { useServerForm } from "../../../forms/use-server-form.ts";
import type { MessageId } from "../../../i18n/en.ts";
import {
  type AuthenticationFormValues,
  authenticationInput,
  authenticationSchema,
  authenticationTypes,
  authenticationValues,
  type SavedAuthentication,
} from "./authentication-form-values.ts";
import styles from "./login.module.css";
import { WebhookLogin_Update } from "./webhook-login-update.ts";

/** Sets how requests log in. Secrets are entered, never shown: what is left empty stays as it was saved. */
export function AuthenticationForm({
  webhookConfigId,
  saved,
  onDone,
  onCancel,
}: {
  webhookConfigId: string;
  saved: SavedAuthentication | null;
  onDone: () => void;
  onCancel: () => void;
}) {
  const intl = useIntl();
  const [, update] = useMutation(WebhookLogin_Update);
  const { form, submit, problem, isBusy } = useServerForm<AuthenticationFormValues>({
    schema: authenticationSchema(saved),
    defaultValues: authenticationValues(saved),
    send: async (values) => {
      const input = { id: webhookConfigId, authentication: authenticationInput(values) };
      const { data, error } = await update({ input });
      return { errors: data?.updateWebhookConfig.errors, error };
    },
    onDone,
  });
  const type = form.watch("type");
  return (
    <form className={styles["form"]} onSubmit={submit} noValidate>
      {problem !== null && <Problem>{problem}</Problem>}
      <SelectField
        form={form}
        name="type"
        label={intl.formatMessage({ id: "login.type" })}
        data={authenticationTypes.map((value) => ({ value, label: intl.formatMessage({ id: `login.type.${value}` }) }))}
      />
      <p className={styles["hint"]}>
        <FormattedMessage id={`login.hint.${type}`} />
      </p>
      <FieldsOfType form={form} isSaved={type === saved?.type} />
      <div className={styles["actions"]}>
        <Button type="submit" loading={isBusy}>
          <FormattedMessage id="webhook.save" />
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          <FormattedMessage id="dialog.cancel" />
        </Button>
      </div>
    </form>
  );
}

interface FieldsProps {
  readonly form: UseFormReturn<AuthenticationFormValues>;
  /** Whether secrets of this type are saved. */
  readonly isSaved: boolean;
}

function FieldsOfType({ form, isSaved }: FieldsProps) {
  const intl = useIntl();
  const text = { form, autoComplete: "off", spellCheck: false } as const;
  const label = (id: MessageId) => intl.formatMessage({ id });
  switch (form.watch("type")) {
    case "NONE":
      return null;
    case "HEADER":
      return (
        <>
          <TextField
            {...text}
            name="authentication.header.name"
            label={label("login.headerName")}
            placeholder={headerExample}
          />
          <SecretField form={form} isSaved={isSaved} name="authentication.header.value" labelId="login.value" />
        </>
      );
    case "BASIC":
      return (
        <>
          <TextField {...text} name="authentication.basic.username" label={label("login.username")} />
          <SecretField form={form} isSaved={isSaved} name="authentication.basic.password" labelId="login.password" />
        </>
      );
    case "OAUTH2_CLIENT_CREDENTIALS":
      return <OauthFields form={form} isSaved={isSaved} part="oauth2ClientCredentials" />;
    case "OAUTH2_REFRESH_TOKEN":
      return <OauthFields form={form} isSaved={isSaved} part="oauth2RefreshToken" />;
    case "BODY":
      return (
        <SecretField form={form} isSaved={isSaved} name="authentication.body.credential" labelId="login.credential" />
      );
  }
}

function OauthFields({
  form,
  isSaved,
  part,
}: FieldsProps & { readonly part: "oauth2ClientCredentials" | "oauth2RefreshToken" }) {
  const intl = useIntl();
  const text = { form, autoComplete: "off", spellCheck: false } as const;
  const label = (id: MessageId) => intl.formatMessage({ id });
  const wrong = form.formState.errors.authentication?.[part];
  return (
    <>
      <TextField
        {...text}
        name={`authentication.${part}.tokenUrl`}
        inputMode="url"
        label={label("login.tokenUrl")}
        description={label("login.tokenUrlHint")}
        placeholder={tokenUrlExample}
      />
      <TextField {...text} name={`authentication.${part}.clientId`} label={label("login.clientId")} />
      <SecretField
        form={form}
        isSaved={isSaved}
        name={`authentication.${part}.clientSecret`}
        labelId="login.clientSecret"
      />
      {part === "oauth2RefreshToken" && (
        <SecretField
          form={form}
          isSaved={isSaved}
          name="authentication.oauth2RefreshToken.refreshToken"
          labelId="login.refreshToken"
        />
      )}
      <Fold titleId="login.oauthMore" isForcedOpen={wrong?.scope !== undefined || wrong?.scheme !== undefined}>
        <TextField
          {...text}
          name={`authentication.${part}.scope`}
          label={label("login.scope")}
          description={label("login.scopeHint")}
        />
        <SelectField
          form={form}
          name={`authentication.${part}.clientAuthentication`}
          label={label("login.clientAuthentication")}
          data={[
            { value: "BASIC", label: label("login.clientAuthentication.BASIC") },
            { value: "BODY", label: label("login.clientAuthentication.BODY") },
          ]}
        />
        <TextField
          {...text}
          name={`authentication.${part}.scheme`}
          label={label("login.scheme")}
          description={label("login.schemeHint")}
        />
      </Fold>
    </>
  );
}

function SecretField({
  form,
  isSaved,
  name,
  labelId,
}: FieldsProps & {
  readonly name: Parameters<typeof PasswordField<AuthenticationFormValues>>[0]["name"];
  readonly labelId: MessageId;
}) {
  const intl = useIntl();
  const label = intl.formatMessage({ id: labelId });
  return (
    <PasswordField
      form={form}
      name={name}
      label={label}
      description={isSaved ? intl.formatMessage({ id: "login.keptHint" }) : undefined}
      placeholder={isSaved ? kept : ""}
      autoComplete="new-password"
      spellCheck={false}
      visibilityToggleButtonProps={{ "aria-label": intl.formatMessage({ id: "form.showSecret" }, { label }) }}
    />
  );
}

const headerExample = "Authorization";
const tokenUrlExample = "https://login.example.com/oauth/token";
const kept = "••••••";
