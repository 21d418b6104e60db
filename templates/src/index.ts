export { CREDENTIAL_MARKER } from "./credential-marker.ts";
export { compileFilter, type Filter, type FilterClause, type FilterExplanation } from "./filter.ts";
export type { ExpressionFunctionDoc } from "./functions/expression-function.ts";
export { EXPRESSION_FUNCTIONS } from "./functions/function-named.ts";
export { HEADER_NAME, HEADER_VALUE, isReservedHeader } from "./header-rules.ts";
export { fillInputs, type InputValues, namedInputs, withinJsonString } from "./library/fill-inputs.ts";
export { LIMITS } from "./limits.ts";
export { PAYLOAD_FIELDS, type Payload, type PayloadField } from "./payload-fields.ts";
export {
  type CompiledRequestTemplate,
  compileRequestTemplate,
  type RenderedRequest,
  type RequestTemplate,
} from "./request-template.ts";
export { compileSuccessCondition, type ReceiverAnswer, type SuccessCondition } from "./success-condition.ts";
export { TemplateError, type TemplatePlace, type TemplateProblem, type TemplateProblemCode } from "./template-error.ts";
