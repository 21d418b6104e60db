import { type TemplateAuthentication, TOKEN_PATTERN, templateInput } from "./webhook-template.ts";

/** A header of the receiver's own choice, for those that ask for one. */
export const HEADER_INPUTS = [
  templateInput({
    key: "headerValue",
    label: "Header value",
    description:
      "What the receiver expects in a header, such as a key; for a bearer token with the word Bearer before it.",
    placeholder: "Bearer 0123456789abcdef",
    pattern: `(?:[A-Za-z][A-Za-z0-9\\-]* )?${TOKEN_PATTERN}`,
    isSecret: true,
    isRequired: false,
  }),
  templateInput({
    key: "headerName",
    label: "Header name",
    description: "In which header.",
    placeholder: "Authorization",
    pattern: "[A-Za-z][A-Za-z0-9_\\-]{0,99}",
    defaultValue: "Authorization",
  }),
] as const;

export const HEADER_AUTHENTICATION: TemplateAuthentication = {
  type: "header",
  name: "<headerName>",
  value: "<headerValue>",
};
