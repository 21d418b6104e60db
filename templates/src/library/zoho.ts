import { TOKEN_PATTERN, templateInput, type WebhookTemplate } from "./webhook-template.ts";

export const zoho: WebhookTemplate = {
  id: "zoho",
  name: "Zoho CRM",
  category: "crm",
  description: "Creates a deal for every new order.",
  inputs: [
    templateInput({
      key: "clientId",
      label: "Client ID",
      description: "Of a self client, or another client, in the API console of your data centre.",
      placeholder: "1000.ABCDEFGHIJKLMNOPQRSTUVWXYZ0123",
      pattern: TOKEN_PATTERN,
    }),
    templateInput({
      key: "clientSecret",
      label: "Client secret",
      description: "Of the same client.",
      placeholder: "0123456789abcdef0123456789abcdef0123456789",
      pattern: TOKEN_PATTERN,
      isSecret: true,
    }),
    templateInput({
      key: "refreshToken",
      label: "Refresh token",
      description: "Made once from a grant token with the scope ZohoCRM.modules.deals.CREATE. It does not expire.",
      placeholder: "1000.0123456789abcdef.fedcba9876543210",
      pattern: TOKEN_PATTERN,
      isSecret: true,
    }),
    templateInput({
      key: "dataCentre",
      label: "Data centre",
      description: "The ending of the address at which you use Zoho CRM: crm.zoho.com, crm.zoho.eu …",
      placeholder: "com",
      pattern: "[a-z.]{2,6}",
      options: ["com", "eu", "in", "com.au", "jp", "sa", "uk", "com.cn"],
      defaultValue: "com",
    }),
    templateInput({
      key: "stage",
      label: "Stage",
      description: "The stage in which deals begin, as the picklist Stage has it.",
      placeholder: "Qualification",
      pattern: '[^\\p{Cc}<>\\{\\}"\\\\]{1,120}',
      defaultValue: "Qualification",
    }),
  ],
  url: "https://www.zohoapis.<dataCentre>/crm/v3/Deals",
  request: {
    method: "POST",
    path: null,
    headers: {},
    body: `{
  "data": [
    {
      "Deal_Name": "{{ data.order_number }}",
      "Amount": "{{ data.total_amount }}",
      "Stage": "<stage>"
    }
  ]
}`,
  },
  authentication: {
    type: "oauth2RefreshToken",
    tokenUrl: "https://accounts.zoho.<dataCentre>/oauth/v2/token",
    clientId: "<clientId>",
    clientSecret: "<clientSecret>",
    refreshToken: "<refreshToken>",
    clientAuthentication: "body",
    scheme: "Zoho-oauthtoken",
  },
  // Zoho answers 2xx also when it has refused the record.
  successCondition: "status >= 200 && status < 300 && body.data.all(record, record.status == 'success')",
  events: ["order.created"],
  documentationUrl: "https://www.zoho.com/crm/developer/docs/api/v3/insert-records.html",
  preparation: [
    "A client in the API console, and a refresh token with the scope ZohoCRM.modules.deals.CREATE.",
    "The layout of Deals requires no further fields than Deal_Name and Stage, such as Pipeline or Closing_Date; otherwise add them to the body.",
  ],
};
