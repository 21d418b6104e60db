export { TemplateError, type TemplatePlace, type TemplateProblem, type TemplateProblemCode } from "./template-error.ts";
