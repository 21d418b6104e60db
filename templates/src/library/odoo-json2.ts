import { ODOO_INPUTS, ODOO_PREPARATION } from "./odoo-inputs.ts";
import type { WebhookTemplate } from "./webhook-template.ts";

export const odooJson2: WebhookTemplate = {
  id: "odoo-json2",
  name: "Odoo (JSON-2)",
  category: "erp",
  description: "Creates an opportunity in Odoo's CRM for every new order, by the JSON-2 API: for Odoo 19 and later.",
  inputs: ODOO_INPUTS,
  url: "https://<host>/json/2/crm.lead/create",
  request: {
    method: "POST",
    path: null,
    headers: { "X-Odoo-Database": "<database>" },
    body: `{
  "vals_list": [
    {
      "name": "{{ data.order_number }}",
      "type": "opportunity",
      "expected_revenue": "{{ data.total_amount }}",
      "contact_name": "{{ data.customer_name }}"
    }
  ]
}`,
  },
  authentication: { type: "header", name: "Authorization", value: "bearer <apiKey>" },
  successCondition: null,
  events: ["order.created"],
  documentationUrl: "https://www.odoo.com/documentation/19.0/developer/reference/external_api.html",
  preparation: ODOO_PREPARATION,
};
