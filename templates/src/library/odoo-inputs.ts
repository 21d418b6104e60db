import { HOST_PATTERN, TOKEN_PATTERN, templateInput } from "./webhook-template.ts";

/** What every template for Odoo asks for. */
export const ODOO_INPUTS = [
  templateInput({
    key: "host",
    label: "Host",
    description: "Of the address of your Odoo, without https://.",
    placeholder: "acme.odoo.com",
    pattern: HOST_PATTERN,
  }),
  templateInput({
    key: "database",
    label: "Database",
    description: "At Odoo Online what stands before .odoo.com; otherwise the name shown at /web/database/selector.",
    placeholder: "acme",
    pattern: "[A-Za-z0-9][A-Za-z0-9_.\\-]{0,62}",
  }),
  templateInput({
    key: "apiKey",
    label: "API key",
    description: "Your profile › Account security › API keys.",
    placeholder: "0123456789abcdef0123456789abcdef01234567",
    pattern: TOKEN_PATTERN,
    isSecret: true,
  }),
] as const;

export const ODOO_PREPARATION = [
  "The app CRM, and a user who may create opportunities.",
  "At Odoo Online, a plan with access to the external API (Custom).",
] as const;
