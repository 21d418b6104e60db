import { ODOO_INPUTS, ODOO_PREPARATION } from "./odoo-inputs.ts";
import { templateInput, type WebhookTemplate } from "./webhook-template.ts";

/** Any version so far. JSON-RPC has the key in the body, and answers every error with status 200. */
export const odoo: WebhookTemplate = {
  id: "odoo",
  name: "Odoo",
  category: "erp",
  description: "Creates an opportunity in Odoo's CRM for every new order, by JSON-RPC: for Odoo up to 21.",
  inputs: [
    ...ODOO_INPUTS,
    templateInput({
      key: "userId",
      label: "User id",
      description:
        "Number of the user whose key it is: the id in the address of the user's page. 2 is the first administrator.",
      placeholder: "2",
      pattern: "[1-9][0-9]{0,8}",
      defaultValue: "2",
    }),
  ],
  url: "https://<host>/jsonrpc",
  request: {
    method: "POST",
    path: null,
    headers: {},
    body: `{
  "jsonrpc": "2.0",
  "method": "call",
  "id": "{{ data.id }}",
  "params": {
    "service": "object",
    "method": "execute_kw",
    "args": [
      "<database>",
      "{{ <userId> }}",
      "{{ credential }}",
      "crm.lead",
      "create",
      [
        {
          "name": "{{ data.order_number }}",
          "type": "opportunity",
          "expected_revenue": "{{ data.total_amount }}",
          "contact_name": "{{ data.customer_name }}"
        }
      ]
    ]
  }
}`,
  },
  authentication: { type: "body", credential: "<apiKey>" },
  successCondition: "status == 200 && has(body.result) && !has(body.error)",
  events: ["order.created"],
  documentationUrl: "https://www.odoo.com/documentation/18.0/developer/reference/external_api.html",
  preparation: ODOO_PREPARATION,
};
