import type { FilterClause, TemplatePlace, TemplateProblem, TemplateProblemCode } from "@vera-qr/templates";
import { builder } from "../builder.ts";

const TemplatePlaceEnum = builder.enumType("TemplatePlace", {
  description: "Which of a webhook's texts.",
  values: {
    FILTER: { value: "filter", description: "The filter." },
    SUCCESS_CONDITION: { value: "successCondition", description: "The success condition." },
    PATH: { value: "path", description: "The request template's path." },
    HEADERS: { value: "headers", description: "A header of the request template." },
    BODY: { value: "body", description: "The request template's body." },
    FIELDS: { value: "fields", description: "The request template's fields." },
  } satisfies Readonly<Record<string, { value: TemplatePlace; description: string }>>,
});

const PROBLEM_CODES: Readonly<Record<TemplateProblemCode, string>> = {
  SYNTAX: "It is not CEL, or the body is not JSON.",
  UNKNOWN_NAME: "There is no such variable, function or field.",
  TYPE: "A value has another type than is needed.",
  LIMIT: "Too long, too deep, too many, or too much work.",
  NOT_ALLOWED: "It may not stand there.",
  EVALUATION: "It failed for this event, for example by a division by zero.",
};

const TemplateProblemCodeEnum = builder.enumType("TemplateProblemCode", {
  description: "What is wrong with an expression or a template. New codes may be added.",
  values: Object.fromEntries(
    Object.entries(PROBLEM_CODES).map(([value, description]) => [value, { value, description }]),
  ) as Record<TemplateProblemCode, { value: TemplateProblemCode; description: string }>,
});

export const TemplateProblemRef = builder.objectRef<TemplateProblem>("TemplateProblem").implement({
  description: "What is wrong in an expression or a template, and where.",
  fields: (t) => ({
    place: t.expose("place", { type: TemplatePlaceEnum, description: "In which of the webhook's texts." }),
    key: t.exposeString("key", {
      nullable: true,
      description:
        "Which of several: the header's name, or the position in `fields`, from 0; null where there is one text.",
    }),
    code: t.expose("code", { type: TemplateProblemCodeEnum, description: "What is wrong, for programs." }),
    message: t.exposeString("message", { description: "The same in a sentence, in English." }),
    line: t.exposeInt("line", { description: "Of that text, from 1." }),
    column: t.exposeInt("column", { description: "In the line, from 1, in UTF-16 code units." }),
    from: t.exposeInt("from", { description: "Where it begins: offset in the text, in UTF-16 code units." }),
    to: t.exposeInt("to", { description: "Where it ends, likewise." }),
  }),
});

export const FilterClauseRef = builder.objectRef<FilterClause>("FilterClause").implement({
  description: "The part of a filter that an event does not meet: the first of those joined by `&&`.",
  fields: (t) => ({
    text: t.exposeString("text", { description: "As it is written." }),
    from: t.exposeInt("from", { description: "Where it begins: offset in the filter, in UTF-16 code units." }),
    to: t.exposeInt("to", { description: "Where it ends, likewise." }),
  }),
});
