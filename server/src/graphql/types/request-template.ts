import { REQUEST_METHODS } from "../../webhooks/request-template-input.ts";
import { builder } from "../builder.ts";

type RequestMethod = (typeof REQUEST_METHODS)[number];

const METHODS: Readonly<Record<RequestMethod, string>> = {
  POST: "Usual for what makes something new, and for most APIs.",
  PUT: "For APIs that replace what is there.",
  PATCH: "For APIs that change what is there.",
};

const RequestMethodEnum = builder.enumType("RequestMethod", {
  description: "How a request is sent.",
  values: Object.fromEntries(
    REQUEST_METHODS.map((method) => [method, { value: method, description: METHODS[method] }]),
  ) as Record<RequestMethod, { value: RequestMethod; description: string }>,
});

export const RequestTemplateRef = builder.prismaObject("RequestTemplateRevision", {
  name: "RequestTemplate",
  description:
    "What a webhook sends in place of the payload as it is. A revision is never changed: a change to the template makes the next one.",
  select: { webhookConfigId: true, revision: true },
  fields: (t) => ({
    revision: t.exposeInt("revision", { description: "1 for the webhook's first." }),
    method: t.field({
      type: RequestMethodEnum,
      description: "How it is sent.",
      select: { method: true },
      resolve: ({ method }) => method as RequestMethod,
    }),
    path: t.exposeString("path", {
      nullable: true,
      description: "Appended to the webhook's URL, its `{{ expressions }}` encoded; null to send to the URL itself.",
    }),
    headers: t.expose("headers", {
      type: "JSONObject",
      description: "Additional headers, name to value with `{{ expressions }}`.",
    }),
    body: t.exposeString("body", {
      nullable: true,
      description: "JSON whose strings may have `{{ expressions }}`; null for `fields`, or for the payload as it is.",
    }),
    fields: t.stringList({
      nullable: true,
      description: "Dotted paths of the payload's fields that are sent; null for all of them, and with `body`.",
      select: { fields: true },
      resolve: ({ fields }) => fields as string[] | null,
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was saved." }),
    createdBy: t.exposeString("actorName", {
      description: "Who saved it: the person or API key, as they were called then.",
    }),
  }),
});

export const RequestTemplateInput = builder.inputType("RequestTemplateInput", {
  description:
    "What to send in place of the payload as it is. What is absent is as without a template: `{}` is none at all.",
  fields: (t) => ({
    method: t.field({ type: RequestMethodEnum, description: "`POST` if absent." }),
    path: t.string({
      description:
        "Appended to the webhook's URL, which must have no query and no fragment then. `{{ expressions }}` in it are encoded; they cannot change the host. At most 8192 characters.",
    }),
    headers: t.field({
      type: "JSONObject",
      description:
        "Additional headers, name to value with `{{ expressions }}`; at most 20, the names as for custom headers, none of them one of those. No place for secrets: whoever may read the webhook sees them.",
    }),
    body: t.string({
      description:
        "JSON whose strings may have `{{ expressions }}`. A string that is one expression keeps the value's type. At most 8192 characters; not together with `fields`.",
    }),
    fields: t.stringList({
      description:
        "Dotted paths of the payload's fields to send, for example `data.total_amount`; not together with `body`.",
    }),
  }),
});
