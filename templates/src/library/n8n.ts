import { HEADER_AUTHENTICATION, HEADER_INPUTS } from "./header-inputs.ts";
import {
  ALL_ORDER_EVENTS,
  PAYLOAD_AS_IT_IS,
  templateInput,
  URL_CHARACTER_PATTERN,
  type WebhookTemplate,
} from "./webhook-template.ts";

export const n8n: WebhookTemplate = {
  id: "n8n",
  name: "n8n",
  category: "automation",
  description: "Starts a workflow with every event, and hands it the whole payload.",
  inputs: [
    templateInput({
      key: "url",
      label: "Production URL",
      description: "Of the node Webhook. The test URL listens for one call only and is refused.",
      placeholder: "https://acme.app.n8n.cloud/webhook/4f4e7c3a-0000-4000-8000-000000000000",
      pattern: `https?://[A-Za-z0-9.\\-]+(?::[0-9]{1,5})?/(?!webhook-test/)${URL_CHARACTER_PATTERN}+`,
    }),
    ...HEADER_INPUTS,
  ],
  url: "<url>",
  request: PAYLOAD_AS_IT_IS,
  authentication: HEADER_AUTHENTICATION,
  successCondition: null,
  events: ALL_ORDER_EVENTS,
  documentationUrl: "https://docs.n8n.io/integrations/builtin/core-nodes/n8n-nodes-base.webhook/",
  preparation: ["An active workflow that begins with the node Webhook, its HTTP method set to POST."],
};
