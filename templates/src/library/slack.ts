import { dishes, HEADLINE, ifGiven } from "./chat-message.ts";
import { templateInput, type WebhookTemplate } from "./webhook-template.ts";

export const slack: WebhookTemplate = {
  id: "slack",
  name: "Slack",
  category: "chat",
  description: "Posts a message to a channel for every new and every cancelled order.",
  inputs: [
    templateInput({
      key: "url",
      label: "Webhook URL",
      description: "Of an incoming webhook: your app › Incoming Webhooks. Who knows it can post to the channel.",
      placeholder: "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
      pattern: "https://hooks\\.slack(?:-gov)?\\.com/services/[A-Za-z0-9]+/[A-Za-z0-9]+/[A-Za-z0-9]+",
    }),
  ],
  url: "<url>",
  request: {
    method: "POST",
    path: null,
    headers: {},
    // Slack cuts messages at 40,000 characters; escaped, what stands here has at most 16,000.
    body: `{
  "text": "*{{ ${HEADLINE} }}* {{ escapeSlack(data.order_number) }}{{ ${ifGiven("metadata.table_number", " · Table ", 100, "escapeSlack")} }}{{ ${ifGiven("data.customer_name", " · ", 200, "escapeSlack")} }}\\n{{ escapeSlack(${dishes(3000, { before: "• ", between: "\\\\n" })}) }}\\n*{{ fixed(data.total_amount, 2) }}*",
  "unfurl_links": false
}`,
  },
  authentication: null,
  // Slack's word for it; some of its errors come with status 200.
  successCondition: "status == 200 && text == 'ok'",
  events: ["order.created", "order.cancelled"],
  documentationUrl: "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
  preparation: ["A Slack app with incoming webhooks switched on, added to the channel."],
};
