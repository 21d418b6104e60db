import { z } from "zod";
import { displayName } from "../access/organizations.ts";
import { findCustomHeaderProblems } from "../domain/custom-headers.ts";
import { PUBLISHABLE_EVENT_TYPES } from "../domain/event-catalogue.ts";
import { RETRIES_MAX } from "../domain/retry-schedule.ts";

const wholeNumber = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.int({ error: message }).min(min, message).max(max, message);
};

const events = z
  .array(z.string({ error: "must be a string" }), { error: "must be a list" })
  .min(1, "must not be empty")
  .refine(
    (names) => names.every((name) => PUBLISHABLE_EVENT_TYPES.includes(name)),
    `must only have ${PUBLISHABLE_EVENT_TYPES.join(", ")}`,
  )
  .transform((names) => [...new Set(names)]);

/** Not `z.record`, which would silently drop a header named `__proto__` instead of having it refused. */
const customHeaders = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    "must be an object of header names and values",
  )
  .superRefine((headers, context) => {
    for (const { field, message } of findCustomHeaderProblems(headers as Record<string, string>, "")) {
      context.addIssue({
        code: "custom",
        path: field === null || field === "" ? [] : [field.replace(/^\./, "")],
        message,
      });
    }
  })
  .transform((headers) => headers as Record<string, string>);

/** The settings of a webhook, in its own names; `url` is checked further by the address guard. */
const settings = {
  name: displayName,
  url: z.string({ error: "must be a string" }).min(1, "must not be empty").max(2048, "must be at most 2048 characters"),
  events,
  customHeaders,
  timeoutSeconds: wholeNumber(1, 30),
  maxRetries: wholeNumber(0, RETRIES_MAX),
  retryEnabled: z.boolean({ error: "must be true or false" }),
  isActive: z.boolean({ error: "must be true or false" }),
};

export const createWebhookConfigInput = z.object({
  organizationId: z.guid({ error: "must be a UUID" }).toLowerCase(),
  name: settings.name,
  url: settings.url,
  events: settings.events,
  customHeaders: settings.customHeaders.nullish(),
  timeoutSeconds: settings.timeoutSeconds.nullish(),
  maxRetries: settings.maxRetries.nullish(),
  retryEnabled: settings.retryEnabled.nullish(),
  isActive: settings.isActive.nullish(),
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
});
