import { TOKEN_PATTERN, templateInput, type WebhookTemplate } from "./webhook-template.ts";

export const hubspot: WebhookTemplate = {
  id: "hubspot",
  name: "HubSpot",
  category: "crm",
  description: "Creates a deal for every new order.",
  inputs: [
    templateInput({
      key: "accessToken",
      label: "Access token",
      description: "Of a private app (Settings › Integrations › Private Apps) with the scope crm.objects.deals.write.",
      placeholder: "pat-eu1-00000000-0000-0000-0000-000000000000",
      pattern: TOKEN_PATTERN,
      isSecret: true,
    }),
    templateInput({
      key: "dealStage",
      label: "Deal stage",
      description: "Internal name of the stage in which deals begin (Settings › Objects › Deals › Pipelines).",
      placeholder: "appointmentscheduled",
      pattern: "[A-Za-z0-9_\\-]{1,100}",
      defaultValue: "appointmentscheduled",
    }),
  ],
  url: "https://api.hubapi.com/crm/v3/objects/deals",
  request: {
    method: "POST",
    path: null,
    headers: {},
    // HubSpot's properties are strings, numbers too.
    body: `{
  "properties": {
    "dealname": "{{ data.order_number }}",
    "amount": "{{ fixed(data.total_amount, 2) }}",
    "dealstage": "<dealStage>"
  }
}`,
  },
  authentication: { type: "header", name: "Authorization", value: "Bearer <accessToken>" },
  successCondition: null,
  events: ["order.created"],
  documentationUrl: "https://developers.hubspot.com/docs/api-reference/crm-deals-v3/guide",
  preparation: [
    "A private app with the scope crm.objects.deals.write.",
    "The deal stage in the account's default pipeline; appointmentscheduled is there from the start.",
  ],
};
