import { dishes, HEADLINE, ifGiven } from "./chat-message.ts";
import { templateInput, type WebhookTemplate } from "./webhook-template.ts";

/** Mentions in the text reach nobody, and links in it have no preview. */
const SUPPRESS_EMBEDS = 4;

export const discord: WebhookTemplate = {
  id: "discord",
  name: "Discord",
  category: "chat",
  description: "Posts a message to a channel for every new and every cancelled order.",
  inputs: [
    templateInput({
      key: "url",
      label: "Webhook URL",
      description: "Edit channel › Integrations › Webhooks. Who knows it can post to the channel.",
      placeholder: "https://discord.com/api/webhooks/123456789012345678/abcdefghijklmnopqrstuvwxyz",
      pattern:
        "https://(?:(?:ptb|canary)\\.)?discord(?:app)?\\.com/api/(?:v[0-9]{1,2}/)?webhooks/[0-9]+/[A-Za-z0-9_\\-]+",
    }),
  ],
  url: "<url>",
  request: {
    method: "POST",
    path: null,
    headers: {},
    // Discord refuses more than 2,000 characters; escaped, what stands here has at most 1,900.
    body: `{
  "content": "**{{ ${HEADLINE} }}** {{ escapeMarkdown(truncate(data.order_number, 60)) }}{{ ${ifGiven("metadata.table_number", " · Table ", 20, "escapeMarkdown")} }}{{ ${ifGiven("data.customer_name", " · ", 80, "escapeMarkdown")} }}\\n{{ escapeMarkdown(${dishes(700, { before: "", between: "\\\\n" })}) }}\\n**{{ fixed(data.total_amount, 2) }}**",
  "allowed_mentions": { "parse": [] },
  "flags": ${SUPPRESS_EMBEDS}
}`,
  },
  authentication: null,
  successCondition: null,
  events: ["order.created", "order.cancelled"],
  documentationUrl: "https://discord.com/developers/docs/resources/webhook#execute-webhook",
  preparation: ["A webhook of the channel; who makes it needs the permission Manage Webhooks."],
};
