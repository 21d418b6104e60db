import {
  TEMPLATE_CATEGORIES,
  type TemplateCategory,
  type TemplateInput,
  WEBHOOK_TEMPLATES,
  type WebhookTemplate,
} from "@vera-qr/templates/library";
import { builder } from "../builder.ts";
import { EventTypeEnum } from "./event-type.ts";
import { AuthenticationTypeEnum } from "./receiver-authentication.ts";

const CATEGORIES: Readonly<Record<TemplateCategory, string>> = {
  crm: "Customer relationship management.",
  chat: "Messages to people.",
  erp: "Enterprise resource planning.",
  automation: "Services that start workflows.",
  custom: "Systems of the restaurant's own.",
};

const WebhookTemplateCategoryEnum = builder.enumType("WebhookTemplateCategory", {
  description: "What kind of system a template connects. New categories may be added.",
  values: Object.fromEntries(
    TEMPLATE_CATEGORIES.map((value) => [value.toUpperCase(), { value, description: CATEGORIES[value] }]),
  ) as Record<string, { value: TemplateCategory; description: string }>,
});

const WebhookTemplateInputFieldRef = builder.objectRef<TemplateInput>("WebhookTemplateInputField").implement({
  description: "Something that a person enters to make a webhook from a template.",
  fields: (t) => ({
    key: t.exposeString("key", {
      description: "Its name in `template.inputs`, and in `<key>` in the template's texts.",
    }),
    label: t.exposeString("label", { description: "For people, in English." }),
    description: t.exposeString("description", { description: "Where it is found, in English." }),
    placeholder: t.exposeString("placeholder", { description: "What one looks like." }),
    pattern: t.exposeString("pattern", {
      description: "A regular expression (ECMA-262) that the whole value matches.",
    }),
    isSecret: t.exposeBoolean("isSecret", { description: "Whether it is kept encrypted and never shown again." }),
    isRequired: t.exposeBoolean("isRequired", { description: "Whether it must be entered, unless for an imitation." }),
    options: t.exposeStringList("options", {
      nullable: true,
      description: "The only values that are possible; null if the pattern alone decides.",
    }),
    defaultValue: t.exposeString("defaultValue", {
      nullable: true,
      description: "What holds if nothing is entered; null for nothing.",
    }),
  }),
});

const WebhookTemplateRef = builder.objectRef<WebhookTemplate>("WebhookTemplate").implement({
  description:
    "An entry of the library, from which webhooks are made. In its texts, `<key>` stands for an input, and `{{ … }}` is an expression.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "For example `salesforce`; never changes." }),
    name: t.exposeString("name", { description: "The vendor's, and the new webhook's if no other is given." }),
    category: t.expose("category", {
      type: WebhookTemplateCategoryEnum,
      description: "What kind of system it connects.",
    }),
    description: t.exposeString("description", { description: "What becomes of an order, in English." }),
    inputs: t.field({
      type: [WebhookTemplateInputFieldRef],
      description: "What to enter; at most three must be.",
      resolve: ({ inputs }) => inputs,
    }),
    url: t.exposeString("url", { description: "Where requests go." }),
    method: t.string({ description: "`POST`, `PUT` or `PATCH`.", resolve: ({ request }) => request.method }),
    path: t.string({
      nullable: true,
      description: "Appended to the URL; null for nothing.",
      resolve: ({ request }) => request.path,
    }),
    headers: t.field({
      type: "JSONObject",
      description: "Additional headers, name to value.",
      resolve: ({ request }) => ({ ...request.headers }),
    }),
    body: t.string({
      nullable: true,
      description: "JSON that is sent in place of the payload; null for the payload as it is.",
      resolve: ({ request }) => request.body,
    }),
    successCondition: t.exposeString("successCondition", {
      nullable: true,
      description: "CEL condition over `status`, `body` and `text` of an answer; null if any 2xx is a success.",
    }),
    authenticationType: t.field({
      type: AuthenticationTypeEnum,
      nullable: true,
      description:
        "How requests log in; null if the signature, or a secret in the URL, is all. With inputs that need not be entered, only if they are.",
      resolve: ({ authentication }) => authentication?.type ?? null,
    }),
    events: t.field({
      type: [EventTypeEnum],
      description: "What the new webhook subscribes to if nothing else is given.",
      resolve: ({ events }) => events,
    }),
    documentationUrl: t.exposeString("documentationUrl", { description: "The vendor's own documentation." }),
    preparation: t.exposeStringList("preparation", {
      description: "What must exist at the vendor before the first order comes: a sentence each, in English.",
    }),
  }),
});

builder.queryField("webhookTemplates", (t) =>
  t.field({
    type: [WebhookTemplateRef],
    description: "The library of templates: what a webhook for a known system is made from.",
    resolve: () => WEBHOOK_TEMPLATES,
  }),
);

export const WebhookTemplateInput = builder.inputType("WebhookTemplateInput", {
  description: "From which template a webhook is to be made.",
  fields: (t) => ({
    id: t.string({ required: true, description: "Of `webhookTemplates`." }),
    inputs: t.field({ type: "JSONObject", description: "What is entered for it: texts by the inputs' keys." }),
    imitation: t.boolean({
      description:
        "True: the webhook points at the imitation of the vendor's API in the built-in receiver, to practise. Nothing has to be entered then.",
    }),
  }),
});
