import {
  ALL_ORDER_EVENTS,
  PAYLOAD_AS_IT_IS,
  TOKEN_PATTERN,
  templateInput,
  type WebhookTemplate,
} from "./webhook-template.ts";

export const make: WebhookTemplate = {
  id: "make",
  name: "Make",
  category: "automation",
  description: "Starts a scenario with every event, and hands it the whole payload.",
  inputs: [
    templateInput({
      key: "url",
      label: "Webhook URL",
      description: "Of the module Webhooks › Custom webhook. Who knows it can start the scenario.",
      placeholder: "https://hook.eu2.make.com/abcdefghijklmnopqrstuvwxyz123456",
      pattern: "https://hook\\.[A-Za-z0-9.\\-]+/[A-Za-z0-9]+",
    }),
    templateInput({
      key: "apiKey",
      label: "API key",
      description: "If the webhook asks for one.",
      placeholder: "0123456789abcdef",
      pattern: TOKEN_PATTERN,
      isSecret: true,
      isRequired: false,
    }),
  ],
  url: "<url>",
  request: PAYLOAD_AS_IT_IS,
  authentication: { type: "header", name: "x-make-apikey", value: "<apiKey>" },
  successCondition: null,
  events: ALL_ORDER_EVENTS,
  documentationUrl: "https://help.make.com/webhooks",
  preparation: [
    "A scenario that begins with Webhooks › Custom webhook, switched on and run immediately as data arrives.",
  ],
};
