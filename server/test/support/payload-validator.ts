import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import formats from "ajv-formats";

/** Checks a payload as a receiver with a public JSON Schema library would; null when it is valid. */
export function payloadValidator(jsonSchema: object): (payload: unknown) => readonly ErrorObject[] | null {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(jsonSchema);
  return (payload) => (validate(payload) ? null : (validate.errors ?? []));
}
