import { ALL_ORDER_EVENTS, PAYLOAD_AS_IT_IS, templateInput, type WebhookTemplate } from "./webhook-template.ts";

export const zapier: WebhookTemplate = {
  id: "zapier",
  name: "Zapier",
  category: "automation",
  description: "Starts a Zap with every event, and hands it the whole payload.",
  inputs: [
    templateInput({
      key: "url",
      label: "Webhook URL",
      description: "Of the trigger Webhooks by Zapier › Catch Hook. Who knows it can start the Zap.",
      placeholder: "https://hooks.zapier.com/hooks/catch/1234567/abc1234/",
      pattern: "https://hooks\\.zapier\\.com/hooks/catch/[0-9]+/[A-Za-z0-9]+/?",
    }),
  ],
  url: "<url>",
  request: PAYLOAD_AS_IT_IS,
  authentication: null,
  successCondition: null,
  events: ALL_ORDER_EVENTS,
  documentationUrl: "https://help.zapier.com/hc/en-us/articles/8496288690317-Trigger-Zap-workflows-from-webhooks",
  preparation: ["A Zap that begins with Webhooks by Zapier › Catch Hook, switched on."],
};
