import { HEADER_AUTHENTICATION, HEADER_INPUTS } from "./header-inputs.ts";
import {
  ALL_ORDER_EVENTS,
  PAYLOAD_AS_IT_IS,
  templateInput,
  URL_CHARACTER_PATTERN,
  type WebhookTemplate,
} from "./webhook-template.ts";

export const custom: WebhookTemplate = {
  id: "custom",
  name: "Custom REST",
  category: "custom",
  description: "Sends the payload as it is to a system of your own.",
  inputs: [
    templateInput({
      key: "url",
      label: "URL",
      description: "Where your system takes events: https, on a public host.",
      placeholder: "https://crm.example.com/webhooks/vera",
      pattern: `https?://${URL_CHARACTER_PATTERN}+`,
    }),
    ...HEADER_INPUTS,
  ],
  url: "<url>",
  request: PAYLOAD_AS_IT_IS,
  authentication: HEADER_AUTHENTICATION,
  successCondition: null,
  events: ALL_ORDER_EVENTS,
  documentationUrl: "https://www.standardwebhooks.com/",
  preparation: ["Your system checks the signature and answers 2xx within 30 seconds."],
};
