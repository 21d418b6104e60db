export { CREDENTIAL_MARKER } from "./credential-marker.ts";
export { EXPRESSION_FUNCTIONS, type ExpressionFunctionDoc } from "./expression-functions.ts";
export { compileFilter, type Filter, type FilterExplanation } from "./filter.ts";
export { HEADER_NAME, HEADER_VALUE, isReservedHeader } from "./header-rules.ts";
export { LIMITS } from "./limits.ts";
export { PAYLOAD_FIELDS, type Payload, type PayloadField } from "./payload-fields.ts";
export {
  type CompiledRequestTemplate,
  compileRequestTemplate,
  type RenderedRequest,
  type RequestTemplate,
} from "./request-template.ts";
export { compileSuccessCondition, type SuccessCondition } from "./success-condition.ts";
export { TemplateError, type TemplatePlace, type TemplateProblem, type TemplateProblemCode } from "./template-error.ts";
