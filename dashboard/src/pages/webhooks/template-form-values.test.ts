import { expect, test } from "vitest";
import { newTemplateValues, templateFormSchema, templateInput } from "./template-form-values.ts";

const inputs = [
  { key: "instance", isRequired: true, pattern: "[a-z0-9-]{1,63}" },
  { key: "token", isRequired: true, pattern: "\\S+" },
  { key: "stage", isRequired: false, pattern: "[a-z]+", defaultValue: "new" },
];
const schema = templateFormSchema(inputs, ({ key }) => `wrong: ${key}`);
const begun = newTemplateValues({ id: "crm", name: "CRM", events: ["ORDER_CREATED"], inputs });

test("a form begins with the template's name, events and defaults, and what has none is asked for", () => {
  expect(begun.template.inputs).toEqual({ instance: "", token: "", stage: "new" });
  expect(problems({})).toEqual({
    "template.inputs.instance": "form.required",
    "template.inputs.token": "form.required",
  });
});

test("values are trimmed and checked by the pattern of their input as a whole", () => {
  expect(problems({ instance: " acme \n", token: "t" })).toEqual({});
  expect(problems({ instance: "acme.my.site", token: "t" })).toEqual({ "template.inputs.instance": "wrong: instance" });
  expect(problems({ instance: "acme\nacme", token: "t" })).toEqual({ "template.inputs.instance": "wrong: instance" });
});

test("an imitation asks for nothing, but what is entered has to be right", () => {
  expect(problems({}, true)).toEqual({});
  expect(problems({ instance: "ACME" }, true)).toEqual({ "template.inputs.instance": "wrong: instance" });
});

test("what need not be entered may be left empty, and is not sent", () => {
  expect(problems({ instance: "acme", token: "t", stage: "" })).toEqual({});
  const sent = templateInput({ id: "crm", inputs: { instance: "acme", stage: "" }, imitation: true });
  expect(sent).toEqual({ id: "crm", inputs: { instance: "acme" }, imitation: true });
});

function problems(entered: Record<string, string>, imitation = false): Record<string, string> {
  const template = { ...begun.template, inputs: { ...begun.template.inputs, ...entered }, imitation };
  const { error } = schema.safeParse({ ...begun, template });
  return Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [path.join("."), message]));
}
