import { expect, test } from "vitest";
import { isBeginningOfUrl, urlProblem } from "./url-problem.ts";

test.each([
  ["", "form.required"],
  ["crm.example.com/hook", "webhookForm.urlInvalid"],
  ["ftp://crm.example.com", "webhookForm.urlScheme"],
  ["https://ahmet:secret@crm.example.com", "webhookForm.urlCredentials"],
  [`https://crm.example.com/${"a".repeat(2_048)}`, "webhookForm.urlTooLong"],
])("%s is refused with its reason", (text, problem) => {
  expect(urlProblem(text)).toBe(problem);
});

test("an address that the server may accept is left to it", () => {
  expect(urlProblem("https://crm.example.com/hook?restaurant=1")).toBeNull();
  expect(urlProblem("http://127.0.0.1:4000/receiver/x")).toBeNull();
});

test("nothing is said while the scheme is still being typed", () => {
  expect(isBeginningOfUrl("htt")).toBe(true);
  expect(isBeginningOfUrl("https:/")).toBe(true);
  expect(isBeginningOfUrl("crm")).toBe(false);
});
