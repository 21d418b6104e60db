import { custom } from "./custom.ts";
import { discord } from "./discord.ts";
import { googleChat } from "./google-chat.ts";
import { hubspot } from "./hubspot.ts";
import type { Imitation } from "./imitation.ts";
import { make } from "./make.ts";
import { n8n } from "./n8n.ts";
import { odoo } from "./odoo.ts";
import { odooJson2 } from "./odoo-json2.ts";
import { pipedrive } from "./pipedrive.ts";
import { salesforce } from "./salesforce.ts";
import { slack } from "./slack.ts";
import { teams } from "./teams.ts";
import { zapier } from "./zapier.ts";
import { zoho } from "./zoho.ts";

/** What stands in for the vendor of each webhook template, by the template's id. */
export const IMITATIONS: ReadonlyMap<string, Imitation> = new Map([
  ["salesforce", salesforce],
  ["salesforce-upsert", salesforce],
  ["hubspot", hubspot],
  ["zoho", zoho],
  ["pipedrive", pipedrive],
  ["odoo", odoo],
  ["odoo-json2", odooJson2],
  ["slack", slack],
  ["teams", teams],
  ["google-chat", googleChat],
  ["discord", discord],
  ["zapier", zapier],
  ["make", make],
  ["n8n", n8n],
  ["custom", custom],
]);
