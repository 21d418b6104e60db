import { z } from "zod";
import { displayName } from "../access/organizations.ts";
import { CUSTOM_HEADERS_MAX, findCustomHeaderProblems } from "../domain/custom-headers.ts";
import { SERVICE_REASONS } from "../domain/describe-off.ts";
import { refusedAs } from "../domain/error-reasons.ts";
import { OPERATIONAL_EVENT_TYPES, PUBLISHABLE_EVENT_TYPES } from "../domain/event-catalogue.ts";
import { RETRIES_MAX } from "../domain/retry-schedule.ts";
import { clientCertificate } from "./client-certificate-input.ts";
import { receiverAuthentication } from "./receiver-authentication-input.ts";
import { filter, requestTemplate, successCondition } from "./request-template-input.ts";

const wholeNumber = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.int({ error: message }).min(min, message).max(max, message);
};

/** What is said to whoever asks for something else; operational event types are for the operators' organization only. */
export const ONLY_PUBLISHABLE = refusedAs(`must only have ${PUBLISHABLE_EVENT_TYPES.join(", ")}`, {
  reason: "NOT_ALLOWED",
  allowed: PUBLISHABLE_EVENT_TYPES,
});

const events = z
  .array(z.string({ error: "must be a string" }), { error: "must be a list" })
  .min(1, "must not be empty")
  .refine(
    (names) => names.every((name) => PUBLISHABLE_EVENT_TYPES.includes(name) || OPERATIONAL_EVENT_TYPES.includes(name)),
    ONLY_PUBLISHABLE,
  )
  .transform((names) => [...new Set(names)])
  .meta({ items: { type: "string", enum: [...PUBLISHABLE_EVENT_TYPES] }, uniqueItems: true });

/** Not `z.record`, which would silently drop a header named `__proto__` instead of having it refused. */
const customHeaders = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    refusedAs("must be an object of header names and values", { reason: "WRONG_TYPE" }),
  )
  .superRefine((headers, context) => {
    for (const { field, message, ...reason } of findCustomHeaderProblems(headers as Record<string, string>, "")) {
      context.addIssue({
        code: "custom",
        path: field === null || field === "" ? [] : [field.replace(/^\./, "")],
        message,
        params: refusedAs(message, reason).params,
      });
    }
  })
  .transform((headers) => headers as Record<string, string>)
  .meta({ type: "object", additionalProperties: { type: "string" }, maxProperties: CUSTOM_HEADERS_MAX });

/** The settings of a webhook, in its own names; `url` is checked further by the address guard. */
const settings = {
  name: displayName.describe("For people: 1 to 200 characters."),
  url: z
    .string({ error: "must be a string" })
    .min(1, "must not be empty")
    .max(2048, "must be at most 2048 characters")
    .describe("Absolute `https:` URL of a public host."),
  events: events.describe("Subscribed event types, at least one."),
  customHeaders: customHeaders.describe("Additional request headers, name to value. Kept encrypted."),
  timeoutSeconds: wholeNumber(1, 30).describe("Total time an attempt may take."),
  maxRetries: wholeNumber(0, RETRIES_MAX).describe("Retries after the first attempt."),
  retryEnabled: z.boolean({ error: "must be true or false" }).describe("False means one attempt per delivery."),
  isActive: z
    .boolean({ error: "must be true or false" })
    .describe("Whether events are sent here. What arrives while they are not is kept as skipped."),
  filter: filter.describe("CEL condition over the payload: only events for which it is true are sent. Empty for none."),
  successCondition: successCondition.describe(
    "CEL condition over `status`, `body` and `text` of an answer: the attempt is a success if it is true. Empty for any 2xx.",
  ),
  requestTemplate: requestTemplate.describe("What is sent in place of the payload as it is; `{}` for none."),
};

const login = {
  authentication: receiverAuthentication.nullish().describe("How requests say who they are, besides the signature."),
  clientCertificate: clientCertificate.nullish().describe("What TLS connections identify themselves with (mTLS)."),
};

export const createWebhookConfigInput = z.object({
  organizationId: z.guid({ error: "must be a UUID" }).toLowerCase().describe("The owner."),
  name: settings.name,
  url: settings.url,
  events: settings.events,
  customHeaders: settings.customHeaders.nullish(),
  timeoutSeconds: settings.timeoutSeconds.nullish().meta({ default: 30 }),
  maxRetries: settings.maxRetries.nullish().meta({ default: 3 }),
  retryEnabled: settings.retryEnabled.nullish().meta({ default: true }),
  isActive: settings.isActive.nullish().meta({ default: true }),
  filter: settings.filter.nullish(),
  successCondition: settings.successCondition.nullish(),
  requestTemplate: settings.requestTemplate.nullish(),
  ...login,
});

/** Absent and null mean "unchanged". */
export const updateWebhookConfigInput = z.object({
  name: settings.name.nullish(),
  url: settings.url.nullish(),
  events: settings.events.nullish(),
  customHeaders: settings.customHeaders.nullish(),
  timeoutSeconds: settings.timeoutSeconds.nullish(),
  maxRetries: settings.maxRetries.nullish(),
  retryEnabled: settings.retryEnabled.nullish(),
  isActive: settings.isActive.nullish(),
  filter: settings.filter.nullish(),
  successCondition: settings.successCondition.nullish(),
  requestTemplate: settings.requestTemplate.nullish(),
  ...login,
  disabledReason: displayName
    .max(100, "must be at most 100 characters")
    .refine(
      (words) => !SERVICE_REASONS.includes(words),
      refusedAs("must be words: this is what the service itself says", { reason: "RESERVED" }),
    )
    .describe("Only when switching off: why, in words for people, 1 to 100 characters.")
    .nullish(),
});
