import { custom } from "./custom.ts";
import { discord } from "./discord.ts";
import { googleChat } from "./google-chat.ts";
import { hubspot } from "./hubspot.ts";
import { make } from "./make.ts";
import { n8n } from "./n8n.ts";
import { odoo } from "./odoo.ts";
import { odooJson2 } from "./odoo-json2.ts";
import { pipedrive } from "./pipedrive.ts";
import { salesforce } from "./salesforce.ts";
import { salesforceUpsert } from "./salesforce-upsert.ts";
import { slack } from "./slack.ts";
import { teams } from "./teams.ts";
import type { WebhookTemplate } from "./webhook-template.ts";
import { zapier } from "./zapier.ts";
import { zoho } from "./zoho.ts";

/** The library, in the order in which it is shown. */
export const WEBHOOK_TEMPLATES: readonly WebhookTemplate[] = [
  salesforce,
  salesforceUpsert,
  hubspot,
  zoho,
  pipedrive,
  odoo,
  odooJson2,
  slack,
  teams,
  googleChat,
  discord,
  zapier,
  make,
  n8n,
  custom,
];

export {
  TEMPLATE_CATEGORIES,
  type TemplateAuthentication,
  type TemplateCategory,
  type TemplateInput,
  type TemplateRequest,
  type WebhookTemplate,
} from "./webhook-template.ts";
