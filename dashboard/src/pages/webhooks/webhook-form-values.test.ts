import { expect, test } from "vitest";
import { atFormFields, newWebhookValues, savedValues, webhookFormSchema, webhookInput } from "./webhook-form-values.ts";

const values = { ...newWebhookValues, name: "CRM", url: "https://crm.example.com" };

test("headers are sent as names and values, empty rows left out", () => {
  const customHeaders = [
    { name: "X-API-Key", value: "k" },
    { name: "", value: "" },
  ];
  expect(webhookInput({ ...values, customHeaders }).customHeaders).toEqual({ "X-API-Key": "k" });
});

test("saved headers are not mentioned unless they are replaced", () => {
  expect(webhookInput({ ...values, replacesHeaders: false })).not.toHaveProperty("customHeaders");
});

test("header values are forgotten once they are saved, and stay until they are replaced again", () => {
  const customHeaders = [{ name: "X-API-Key", value: "k" }];
  expect(savedValues({ ...values, customHeaders })).toEqual({ ...values, customHeaders: [], replacesHeaders: false });
  expect(savedValues({ ...values, customHeaders: [] })).toEqual(values);
});

test("a value without a name, no event type and numbers out of range are refused at their fields", () => {
  const { error } = webhookFormSchema.safeParse({
    ...values,
    events: [],
    customHeaders: [{ name: "", value: "k" }],
    timeoutSeconds: 31,
    maxRetries: 1.5,
  });
  expect(Object.fromEntries(error?.issues.map(({ path, message }) => [path.join("."), message]) ?? [])).toEqual({
    events: "webhookForm.eventsNeeded",
    "customHeaders.0.name": "webhookForm.headerNameNeeded",
    timeoutSeconds: "webhookForm.timeoutRange",
    maxRetries: "webhookForm.maxRetriesRange",
  });
});

test("what the server says about a header appears in its row", () => {
  const refusal = { code: "INVALID_INPUT", field: "customHeaders.Host", message: "This header is set by the service." };
  const customHeaders = [
    { name: "X-API-Key", value: "k" },
    { name: "Host", value: "h" },
  ];
  expect(atFormFields([refusal], { ...values, customHeaders })).toEqual([
    { ...refusal, field: "customHeaders.1.name" },
  ]);
});
