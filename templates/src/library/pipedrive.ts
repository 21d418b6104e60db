import { TOKEN_PATTERN, templateInput, type WebhookTemplate } from "./webhook-template.ts";

export const pipedrive: WebhookTemplate = {
  id: "pipedrive",
  name: "Pipedrive",
  category: "crm",
  description: "Creates a deal for every new order.",
  inputs: [
    templateInput({
      key: "company",
      label: "Company domain",
      description: "What stands before .pipedrive.com in the address of your account.",
      placeholder: "acme",
      pattern: "[A-Za-z0-9](?:[A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?",
    }),
    templateInput({
      key: "apiToken",
      label: "API token",
      description: "Personal preferences › API.",
      placeholder: "0123456789abcdef0123456789abcdef01234567",
      pattern: TOKEN_PATTERN,
      isSecret: true,
    }),
    templateInput({
      key: "currency",
      label: "Currency",
      description: "Of the orders' amounts: an ISO 4217 code that is active in the account.",
      placeholder: "TRY",
      pattern: "[A-Z]{3}",
      defaultValue: "TRY",
    }),
  ],
  url: "https://<company>.pipedrive.com/api/v2/deals",
  request: {
    method: "POST",
    path: null,
    headers: {},
    body: `{
  "title": "{{ data.order_number }}",
  "value": "{{ data.total_amount }}",
  "currency": "<currency>"
}`,
  },
  authentication: { type: "header", name: "x-api-token", value: "<apiToken>" },
  successCondition: "status >= 200 && status < 300 && body.success == true",
  events: ["order.created"],
  documentationUrl: "https://developers.pipedrive.com/docs/api/v1/Deals#addDeal",
  preparation: ["The currency is active in the account (Company settings › Currencies)."],
};
