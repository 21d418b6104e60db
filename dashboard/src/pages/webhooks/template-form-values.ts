import { z } from "zod/mini";
import { requiredText } from "../../forms/required-text.ts";
import type { EventType } from "../../graphql/generated/graphql.ts";

/** What a template asks for. */
export interface TemplateInput {
  readonly key: string;
  readonly isRequired: boolean;
  /** A regular expression for the whole value. */
  readonly pattern: string;
  readonly defaultValue?: string | null;
}

/** In the shape of `createWebhookConfig`'s input, so that its refusals find their fields. */
export interface TemplateFormValues {
  name: string;
  events: EventType[];
  template: {
    id: string;
    inputs: Record<string, string>;
    /** Whether it sends to our imitation of the vendor's system, which has an example for what is not entered. */
    imitation: boolean;
  };
}

/** `problemOf` says what is wrong with a value that does not match the pattern. */
export function templateFormSchema<Input extends TemplateInput>(
  inputs: readonly Input[],
  problemOf: (input: Input) => string,
): z.ZodMiniType<TemplateFormValues, TemplateFormValues> {
  const patterns = new Map(inputs.map(({ key, pattern }) => [key, new RegExp(`^(?:${pattern})$`, "u")]));
  return z.object({
    name: requiredText.check(z.maxLength(200, "webhookForm.nameTooLong")),
    events: z.array(z.custom<EventType>()).check(z.minLength(1, "webhookForm.eventsNeeded")),
    template: z
      .object({
        id: z.string(),
        inputs: z.record(z.string(), z.string().check(z.trim())),
        imitation: z.boolean(),
      })
      .check(({ value: { inputs: entered, imitation }, issues }) => {
        for (const input of inputs) {
          const value = entered[input.key] ?? "";
          const isMissing = value === "" && input.isRequired && !imitation;
          const isUnusual = value !== "" && patterns.get(input.key)?.test(value) === false;
          if (!isMissing && !isUnusual) continue;
          const message = isMissing ? "form.required" : problemOf(input);
          issues.push({ code: "custom", input: value, path: ["inputs", input.key], message });
        }
      }),
  });
}

export function newTemplateValues(template: {
  readonly id: string;
  readonly name: string;
  readonly events: readonly EventType[];
  readonly inputs: readonly TemplateInput[];
}): TemplateFormValues {
  const inputs = template.inputs.map(({ key, defaultValue }) => [key, defaultValue ?? ""]);
  return {
    name: template.name,
    events: [...template.events],
    template: { id: template.id, inputs: Object.fromEntries(inputs), imitation: false },
  };
}

/** As the API takes it: what was left empty is left out. */
export function templateInput({ id, inputs, imitation }: TemplateFormValues["template"]) {
  return { id, inputs: Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== "")), imitation };
}
