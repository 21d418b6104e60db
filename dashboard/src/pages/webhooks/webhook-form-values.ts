import { z } from "zod/mini";
import { requiredText } from "../../forms/required-text.ts";
import type { CreateWebhookConfigInput, EventType } from "../../graphql/generated/graphql.ts";
import { orderEventTypes } from "../../orders/order-event-types.ts";
import type { Refusal } from "../../refusals/refusal.ts";
import { urlProblem } from "./url-problem.ts";

export interface CustomHeader {
  readonly name: string;
  readonly value: string;
}

export interface WebhookFormValues {
  name: string;
  url: string;
  events: EventType[];
  customHeaders: CustomHeader[];
  /** False: saved headers stay as they are. Their values are not known here. */
  replacesHeaders: boolean;
  timeoutSeconds: number;
  maxRetries: number;
  retryEnabled: boolean;
}

export const newWebhookValues: WebhookFormValues = {
  name: "",
  url: "",
  events: [...orderEventTypes],
  customHeaders: [],
  replacesHeaders: true,
  timeoutSeconds: 30,
  maxRetries: 3,
  retryEnabled: true,
};

const wholeNumber = (min: number, max: number, message: string) =>
  z.number(message).check(z.int(message), z.minimum(min, message), z.maximum(max, message));

/** What can be said before the server is asked; its reasons for the rest appear at the same fields. */
export const webhookFormSchema: z.ZodMiniType<WebhookFormValues, WebhookFormValues> = z.object({
  name: requiredText.check(z.maxLength(200, "webhookForm.nameTooLong")),
  url: z.string().check(
    z.trim(),
    z.check(({ value, issues }) => {
      const message = urlProblem(value);
      if (message !== null) issues.push({ code: "custom", input: value, message });
    }),
  ),
  events: z.array(z.custom<EventType>()).check(z.minLength(1, "webhookForm.eventsNeeded")),
  customHeaders: z.array(
    z
      .object({ name: z.string().check(z.trim()), value: z.string().check(z.trim()) })
      .check(z.refine(isComplete, { path: ["name"], error: "webhookForm.headerNameNeeded" })),
  ),
  replacesHeaders: z.boolean(),
  timeoutSeconds: wholeNumber(1, 30, "webhookForm.timeoutRange"),
  maxRetries: wholeNumber(0, 10, "webhookForm.maxRetriesRange"),
  retryEnabled: z.boolean(),
});

/** A row without a name is left out, unless it has a value. */
function isComplete({ name, value }: CustomHeader): boolean {
  return name !== "" || value === "";
}

/** The settings as the API takes them. */
export function webhookInput(values: WebhookFormValues): Omit<CreateWebhookConfigInput, "organizationId"> {
  const { customHeaders, replacesHeaders, ...settings } = values;
  if (!replacesHeaders) return settings;
  const headers = customHeaders.filter(({ name }) => name !== "").map(({ name, value }) => [name, value]);
  return { ...settings, customHeaders: Object.fromEntries(headers) };
}

/** What the form goes on with once it was saved: header values are secret from then on. */
export function savedValues(values: WebhookFormValues): WebhookFormValues {
  if (!values.replacesHeaders) return values;
  const isWithoutHeaders = values.customHeaders.every(({ name }) => name === "");
  return { ...values, customHeaders: [], replacesHeaders: isWithoutHeaders };
}

/** The server names a header (`customHeaders.X-Key`), the form its row. */
export function atFormFields(errors: readonly Refusal[], { customHeaders }: WebhookFormValues): Refusal[] {
  return errors.map((error) => {
    const header = /^customHeaders\.(.+)$/.exec(error.field ?? "")?.[1];
    if (header === undefined) return error;
    const row = customHeaders.findIndex(({ name }) => name === header);
    return row === -1 ? { ...error, field: null } : { ...error, field: `customHeaders.${row}.name` };
  });
}
