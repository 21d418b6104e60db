import type { UseFormReturn } from "react-hook-form";
import { useIntl } from "react-intl";
import { PasswordField } from "../../forms/password-field.tsx";
import { SelectField } from "../../forms/select-field.tsx";
import { TextField } from "../../forms/text-field.tsx";
import { graphql } from "../../graphql/generated/gql.ts";
import type { TemplateInputFieldFragment } from "../../graphql/generated/graphql.ts";
import type { InputWords } from "../../webhook-templates/template-words.ts";
import type { TemplateFormValues } from "./template-form-values.ts";

graphql(`
  fragment TemplateInputField on WebhookTemplateInputField {
    key
    placeholder
    isSecret
    isRequired
    options
  }
`);

/** One thing that a template asks for: chosen, typed, or typed without being seen. */
export function TemplateInputField({
  form,
  input: { key, placeholder, isSecret, isRequired, options },
  words: { label, hint },
}: {
  form: UseFormReturn<TemplateFormValues>;
  input: TemplateInputFieldFragment;
  words: InputWords;
}) {
  const intl = useIntl();
  const field = {
    form,
    name: `template.inputs.${key}`,
    label: isRequired ? label : intl.formatMessage({ id: "templateForm.optional" }, { label }),
    description: hint,
  } as const;
  if (options != null) return <SelectField {...field} data={[...options]} />;
  const text = { ...field, placeholder: placeholder ?? "", spellCheck: false };
  if (!isSecret) return <TextField {...text} autoComplete="off" autoCapitalize="none" />;
  return (
    <PasswordField
      {...text}
      autoComplete="new-password"
      visibilityToggleButtonProps={{ "aria-label": intl.formatMessage({ id: "form.showSecret" }, { label }) }}
    />
  );
}
