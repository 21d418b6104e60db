import { TEMPLATE_CATEGORIES, WEBHOOK_TEMPLATES, type WebhookTemplate } from "@vera-qr/templates/library";
import { z } from "zod";
import { requireScope } from "../access/actor.ts";
import { operation } from "./operation.ts";
import { snakeCase } from "./snake-case.ts";

const input = z.object({
  key: z.string().describe("Its name in `template.inputs`, and in `<key>` in the template's texts."),
  label: z.string().describe("For people, in English."),
  description: z.string().describe("Where it is found, in English."),
  placeholder: z.string().describe("What one looks like."),
  pattern: z.string().describe("A regular expression (ECMA-262) that the whole value matches."),
  is_secret: z.boolean().describe("Whether it is kept encrypted and never shown again."),
  is_required: z.boolean().describe("Whether it must be entered, unless for an imitation."),
  options: z
    .array(z.string())
    .nullable()
    .describe("The only values that are possible; null if the pattern alone decides."),
  default_value: z.string().nullable().describe("What holds if nothing is entered; null for nothing."),
});

const templateRow = z.object({
  id: z.string().describe("For example `salesforce`; never changes."),
  name: z.string().describe("The vendor's, and the new webhook's if no other is given."),
  category: z.enum(TEMPLATE_CATEGORIES).describe("What kind of system it connects."),
  description: z.string().describe("What becomes of an order, in English."),
  inputs: z.array(input).describe("What to enter; at most three must be."),
  url: z.string().describe("Where requests go."),
  method: z.enum(["POST", "PUT", "PATCH"]).describe("How they are sent."),
  path: z.string().nullable().describe("Appended to the URL; null for nothing."),
  headers: z.record(z.string(), z.string()).describe("Additional headers, name to value."),
  body: z.string().nullable().describe("JSON that is sent in place of the payload; null for the payload as it is."),
  success_condition: z
    .string()
    .nullable()
    .describe("CEL condition over `status`, `body` and `text` of an answer; null if any 2xx is a success."),
  authentication_type: z
    .string()
    .nullable()
    .describe("How requests log in; null if the signature, or a secret in the URL, is all."),
  events: z.array(z.string()).describe("What the new webhook subscribes to if nothing else is given."),
  documentation_url: z.url().describe("The vendor's own documentation."),
  preparation: z
    .array(z.string())
    .describe("What must exist at the vendor before the first order comes: a sentence each, in English."),
});

const TEMPLATE_ROWS = WEBHOOK_TEMPLATES.map(toTemplateRow);

const listWebhookTemplates = operation({
  method: "get",
  path: "/api/webhook-templates",
  name: "listWebhookTemplates",
  summary: "List webhook templates",
  description:
    "The library of templates: what a webhook for a known system is made from. In a template's texts, `<key>` stands for an input, and `{{ … }}` is an expression.",
  scope: "read",
  answer: {
    status: 200,
    description: "The templates.",
    schema: z.object({ templates: z.array(templateRow) }),
    example: { templates: TEMPLATE_ROWS.slice(0, 1) },
  },
  async handle({ actor }) {
    requireScope(actor, "read");
    return { templates: TEMPLATE_ROWS };
  },
});

export const webhookTemplateOperations = [listWebhookTemplates];

function toTemplateRow(template: WebhookTemplate): z.output<typeof templateRow> {
  const { id, name, category, description, url, request, authentication } = template;
  return {
    id,
    name,
    category,
    description,
    inputs: template.inputs.map(({ isSecret, isRequired, defaultValue, options, ...shown }) => ({
      ...shown,
      is_secret: isSecret,
      is_required: isRequired,
      options: options === null ? null : [...options],
      default_value: defaultValue,
    })),
    url,
    method: request.method,
    path: request.path,
    headers: { ...request.headers },
    body: request.body,
    success_condition: template.successCondition,
    authentication_type: authentication === null ? null : snakeCase(authentication.type),
    events: [...template.events],
    documentation_url: template.documentationUrl,
    preparation: [...template.preparation],
  };
}
