import { dishes, HEADLINE, ifGiven } from "./chat-message.ts";
import { templateInput, type WebhookTemplate } from "./webhook-template.ts";

export const googleChat: WebhookTemplate = {
  id: "google-chat",
  name: "Google Chat",
  category: "chat",
  description: "Posts a card to a space for every new and every cancelled order.",
  inputs: [
    templateInput({
      key: "url",
      label: "Webhook URL",
      description: "Space › Apps & integrations › Webhooks. Who knows it can post to the space.",
      placeholder: "https://chat.googleapis.com/v1/spaces/AAAABBBBCCC/messages?key=AIzaSyExample&token=example",
      pattern:
        "https://chat\\.googleapis\\.com/v1/spaces/[A-Za-z0-9_\\-]+/messages\\?key=[A-Za-z0-9_\\-]+&token=[A-Za-z0-9_%.\\-]+",
    }),
  ],
  url: "<url>",
  request: {
    method: "POST",
    path: null,
    headers: {},
    // A text could mention everybody in the space; a card cannot. Chat refuses more than 32,000 bytes; here are at most 28,000.
    body: `{
  "fallbackText": "{{ ${HEADLINE} }}",
  "cardsV2": [
    {
      "cardId": "order",
      "card": {
        "header": {
          "title": "{{ ${HEADLINE} }}",
          "subtitle": "{{ data.order_number }}{{ ${ifGiven("metadata.table_number", " · Table ", 100, "")} }}{{ ${ifGiven("data.customer_name", " · ", 200, "")} }}"
        },
        "sections": [
          {
            "widgets": [
              {
                "textParagraph": {
                  "text": "{{ replace(escapeHtml(${dishes(4000, { before: "", between: "\\\\n" })}), '\\\\n', '<br>') }}"
                }
              },
              {
                "textParagraph": {
                  "text": "<b>{{ fixed(data.total_amount, 2) }}</b>"
                }
              }
            ]
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
  documentationUrl: "https://developers.google.com/workspace/chat/quickstart/webhooks",
  preparation: ["A Google Workspace account with Chat, and a space whose webhooks you may manage."],
};
