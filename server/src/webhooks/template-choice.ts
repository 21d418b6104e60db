import type { InputValues } from "@vera-qr/templates";
import { type TemplateInput, WEBHOOK_TEMPLATES, type WebhookTemplate } from "@vera-qr/templates/library";
import { z } from "zod";
import { refusedAs } from "../domain/error-reasons.ts";
import { InvalidInputError, type ReasonedProblem } from "../domain/errors.ts";

const TEMPLATE_IDS = WEBHOOK_TEMPLATES.map(({ id }) => id);

/** From which template a webhook is to be made; what is entered for it is checked further by `checkTemplateInputs`. */
export const templateChoice = z
  .strictObject(
    {
      id: z
        .string({ error: "must be a string" })
        .refine(
          (id) => TEMPLATE_IDS.includes(id),
          refusedAs(`must be one of ${TEMPLATE_IDS.join(", ")}`, { reason: "NOT_ALLOWED", allowed: TEMPLATE_IDS }),
        )
        .describe("A template of the library."),
      inputs: z
        .custom<Record<string, unknown>>(
          (value) => typeof value === "object" && value !== null && !Array.isArray(value),
          refusedAs("must be an object", { reason: "WRONG_TYPE" }),
        )
        .meta({ type: "object", additionalProperties: { type: "string" } })
        .describe("What is entered for it, by its inputs' keys.")
        .nullish(),
      imitation: z
        .boolean({ error: "must be true or false" })
        .describe(
          "Whether the webhook is to point at the imitation of the vendor's API in the built-in receiver, to practise. Nothing has to be entered then.",
        )
        .nullish()
        .meta({ default: false }),
    },
    { error: "must be an object" },
  )
  .describe("Makes the webhook from a template: what is not given beside it comes from there.");

export type TemplateChoice = z.output<typeof templateChoice>;

export function chosenTemplate({ id }: TemplateChoice): WebhookTemplate {
  return WEBHOOK_TEMPLATES.find((template) => template.id === id) as WebhookTemplate;
}

/**
 * Checks what was entered. Blank is like not entered.
 * @throws InvalidInputError naming every input that is wrong.
 */
export function checkTemplateInputs(template: WebhookTemplate, { inputs, imitation }: TemplateChoice): InputValues {
  const entered = inputs ?? {};
  const problems: ReasonedProblem[] = Object.keys(entered)
    .filter((key) => !template.inputs.some((input) => input.key === key))
    .map((key) => ({ field: inputField(key), message: "is not a known field", reason: "UNKNOWN_FIELD" }));
  const values = new Map<string, string | null>();
  for (const input of template.inputs) {
    const value = valueFor(input, entered[input.key], imitation === true);
    if (typeof value === "string" || value === null) values.set(input.key, value);
    else problems.push(value);
  }
  if (problems.length > 0) throw new InvalidInputError(problems);
  return values;
}

/** How errors name an input. */
export function inputField(key: string): string {
  return `template.inputs.${key}`;
}

function valueFor(input: TemplateInput, entered: unknown, isImitation: boolean): string | null | ReasonedProblem {
  const field = inputField(input.key);
  if (entered !== undefined && entered !== null && typeof entered !== "string") {
    return { field, message: "must be a string", reason: "WRONG_TYPE" };
  }
  const value = entered?.trim() ?? "";
  if (value === "") {
    if (input.defaultValue !== null) return input.defaultValue;
    if (!input.isRequired) return null;
    return isImitation ? input.placeholder : { field, message: "is required", reason: "REQUIRED" };
  }
  if (input.options !== null && !input.options.includes(value)) {
    const message = `must be one of ${input.options.join(", ")}`;
    return { field, message, reason: "NOT_ALLOWED", allowed: input.options };
  }
  if (new RegExp(`^(?:${input.pattern})$`, "u").test(value)) return value;
  return { field, message: `must be written like ${input.placeholder}`, reason: "INVALID_FORMAT" };
}
