import { dishes, HEADLINE, ifGiven } from "./chat-message.ts";
import { templateInput, URL_CHARACTER_PATTERN, type WebhookTemplate } from "./webhook-template.ts";

export const teams: WebhookTemplate = {
  id: "teams",
  name: "Microsoft Teams",
  category: "chat",
  description: "Posts a card to a channel or chat for every new and every cancelled order.",
  inputs: [
    templateInput({
      key: "url",
      label: "Workflow URL",
      description:
        "Channel › Workflows › Send webhook alerts to a channel; the URL is shown at the end. Who knows it can post there.",
      placeholder:
        "https://default00000000000000000000000000000000.00.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/0123456789abcdef/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=abcdefgh",
      pattern: `https://[A-Za-z0-9.\\-]+(?::443)?/${URL_CHARACTER_PATTERN}*[?&]sig=${URL_CHARACTER_PATTERN}+`,
    }),
  ],
  url: "<url>",
  request: {
    method: "POST",
    path: null,
    headers: {},
    // Teams refuses cards of more than 28 KB; what stands here has at most 16 KB.
    body: `{
  "type": "message",
  "attachments": [
    {
      "contentType": "application/vnd.microsoft.card.adaptive",
      "contentUrl": null,
      "content": {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
          {
            "type": "TextBlock",
            "size": "Medium",
            "weight": "Bolder",
            "wrap": true,
            "text": "{{ ${HEADLINE} }} {{ escapeMarkdown(data.order_number) }}{{ ${ifGiven("metadata.table_number", " · Table ", 100, "escapeMarkdown")} }}{{ ${ifGiven("data.customer_name", " · ", 200, "escapeMarkdown")} }}"
          },
          {
            "type": "TextBlock",
            "wrap": true,
            "text": "{{ escapeMarkdown(${dishes(4000, { before: "", between: "\\\\n\\\\n" })}) }}"
          },
          {
            "type": "TextBlock",
            "weight": "Bolder",
            "text": "{{ fixed(data.total_amount, 2) }}"
          }
        ]
      }
    }
  ]
}`,
  },
  authentication: null,
  successCondition: null,
  events: ["order.created", "order.cancelled"],
  documentationUrl:
    "https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
  preparation: [
    "A workflow that begins with “When a Teams webhook request is received”, open to anyone, and posts the card.",
  ],
};
