import {
  compileFilter,
  compileRequestTemplate,
  compileSuccessCondition,
  LIMITS,
  type RequestTemplate,
  TemplateError,
  type TemplateProblem,
  type TemplateProblemCode,
} from "@vera-qr/templates";
import { z } from "zod";
import { type ErrorReason, NOT_WELL_FORMED, refusedAs } from "../domain/error-reasons.ts";
import { STANDARD_REQUEST } from "./request-template.ts";

export const REQUEST_METHODS = ["POST", "PUT", "PATCH"] as const satisfies readonly RequestTemplate["method"][];

/** All but tab and line breaks, which people lay their texts out with. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL_CHARACTERS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;
const NO_CONTROL_CHARACTERS = refusedAs("must not contain control characters but tabs and line breaks", {
  reason: "INVALID_CHARACTERS",
});

function written(charsMax: number) {
  return z
    .string({ error: "must be a string" })
    .max(charsMax, `must be at most ${charsMax} characters`)
    .refine((text) => !CONTROL_CHARACTERS.test(text), NO_CONTROL_CHARACTERS)
    .refine((text) => text.isWellFormed(), NOT_WELL_FORMED);
}

/** What people write expressions in; of nothing but space it is empty. */
const text = written(LIMITS.textChars).transform((source) => (source.trim() === "" ? "" : source));

/** Not `z.record`, which would silently drop a header named `__proto__` instead of having it refused. */
const headers = z
  .custom<Record<string, string>>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    refusedAs("must be an object of header names and values", { reason: "WRONG_TYPE" }),
  )
  .refine(
    (given) => Object.keys(given).length <= LIMITS.headers,
    refusedAs(`must have at most ${LIMITS.headers} headers`, { reason: "TOO_MANY", max: LIMITS.headers }),
  )
  .refine(
    (given) => Object.keys(given).every(({ length }) => length <= LIMITS.headerNameChars),
    refusedAs(`must have names of at most ${LIMITS.headerNameChars} characters`, {
      reason: "TOO_LONG",
      max: LIMITS.headerNameChars,
    }),
  )
  .superRefine((given, context) => {
    for (const [name, value] of Object.entries(given)) {
      for (const issue of text.safeParse(value).error?.issues ?? []) {
        context.addIssue({ ...issue, path: [name, ...issue.path] });
      }
    }
  })
  .meta({ type: "object", additionalProperties: { type: "string" }, maxProperties: LIMITS.headers });

const parts = z.strictObject(
  {
    method: z
      .enum(REQUEST_METHODS, { error: `must be one of ${REQUEST_METHODS.join(", ")}` })
      .describe("How it is sent.")
      .nullish()
      .meta({ default: STANDARD_REQUEST.method }),
    path: text
      .describe(
        "Appended to the webhook's URL, which then has neither query nor fragment; `{{ expressions }}` in it are encoded.",
      )
      .nullish(),
    headers: headers
      .describe(
        "Additional headers, name to value with `{{ expressions }}`. No place for secrets: anyone who may read the webhook sees them.",
      )
      .nullish(),
    body: text.describe("JSON whose strings may have `{{ expressions }}`. Not together with `fields`.").nullish(),
    fields: z
      .array(written(LIMITS.fieldPathChars), { error: "must be a list" })
      .min(1, "must not be empty")
      .max(LIMITS.fields, `must have at most ${LIMITS.fields} entries`)
      .describe("Dotted paths of the payload's fields to send. Not together with `body`.")
      .nullish(),
  },
  { error: "must be an object" },
);

/** A webhook's request template with every part that is absent as without a template; `{}` is `STANDARD_REQUEST`. */
export const requestTemplateShape = parts
  .refine(({ body, fields }) => !body || fields == null, {
    ...refusedAs("cannot be given together with a body", { reason: "NOT_APPLICABLE" }),
    path: ["fields"],
  })
  .transform(
    ({ method, path, headers: given, body, fields }): RequestTemplate => ({
      method: method ?? STANDARD_REQUEST.method,
      path: path || null,
      headers: given ?? {},
      body: body || null,
      fields: fields ?? null,
    }),
  );

/** The same, with expressions that can be evaluated. */
export const requestTemplate = requestTemplateShape.superRefine((template, context) =>
  addProblems(context, () => compileRequestTemplate(template)),
);

/** A condition's text, compiled or not; empty for none. */
export const conditionShape = text;
export const filter = text.superRefine((source, context) => {
  if (source !== "") addProblems(context, () => compileFilter(source));
});
export const successCondition = text.superRefine((source, context) => {
  if (source !== "") addProblems(context, () => compileSuccessCondition(source));
});

const REASONS: Readonly<Partial<Record<TemplateProblemCode, ErrorReason>>> = {
  UNKNOWN_NAME: "UNKNOWN_NAME",
  LIMIT: "EXPRESSION_TOO_COMPLEX",
};

function addProblems(context: z.core.$RefinementCtx, compile: () => unknown): void {
  try {
    compile();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    for (const { message, line, column, code, ...where } of error.problems) {
      const reason = REASONS[code] ?? "INVALID_EXPRESSION";
      context.addIssue({
        code: "custom",
        path: pathOf(where),
        message,
        params: refusedAs(message, { reason, line, column }).params,
      });
    }
  }
}

function pathOf({ place, key }: Pick<TemplateProblem, "place" | "key">): string[] {
  if (place === "filter" || place === "successCondition") return [];
  return key === null ? [place] : [place, key];
}
