import { randomBytes } from "node:crypto";
import {
  credentialOf,
  type ImitatedRequest,
  type Imitation,
  type ImitationAnswer,
  type ImitationContext,
  isJson,
  json,
  jsonObject,
  mediaType,
} from "./imitation.ts";
import { readTokenRequest, withoutTokenSecrets } from "./token-request.ts";

const TOKEN_PATH = "/services/oauth2/token";
const OBJECT_PATH = /^\/services\/data\/v\d{2}\.0\/sobjects\/Order__c(?:\/(\w{1,80})\/([^/]+))?\/?$/;
const STATUSES = ["Pending", "In Progress", "Completed", "Cancelled"];
/** The longest external id that the documentation lets a text field have. */
const EXTERNAL_ID_CHARS_MAX = 255;

type Field =
  | { readonly type: "string"; readonly label: string; readonly charsMax: number }
  | { readonly type: "currency"; readonly label: string }
  | { readonly type: "picklist"; readonly label: string; readonly values: readonly string[] };

/** The object as the template asks for it. */
const FIELDS: Readonly<Record<string, Field>> = {
  Name: { type: "string", label: "Order Name", charsMax: 80 },
  Amount__c: { type: "currency", label: "Amount" },
  Status__c: { type: "picklist", label: "Status", values: STATUSES },
  Customer_Name__c: { type: "string", label: "Customer Name", charsMax: 255 },
};

interface Refusal {
  readonly message: string;
  readonly errorCode: string;
  readonly fields?: readonly string[];
}

/** Salesforce's REST API, version 58: sObject rows with the custom object Order__c, and the client credentials flow. Its token answers do not say when a token ends. */
export const salesforce: Imitation = {
  answer(request, context) {
    if (request.path === TOKEN_PATH) return giveToken(request, context);
    const token = credentialOf(request, "Bearer");
    if (token === null || !context.tokens.isValid(token, context.now)) {
      return refuse(401, { message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" });
    }
    const [isObject, externalIdField, value] = OBJECT_PATH.exec(request.path) ?? [];
    if (isObject === undefined) {
      return refuse(404, { errorCode: "NOT_FOUND", message: "The requested resource does not exist" });
    }
    const method = externalIdField === undefined ? "POST" : "PATCH";
    if (request.method !== method) {
      const message = `HTTP Method '${request.method}' not allowed. Allowed are ${method}`;
      return refuse(405, { message, errorCode: "METHOD_NOT_ALLOWED" });
    }
    if (!isJson(request)) {
      const message = `Content type '${mediaType(request)}' is not supported`;
      return refuse(415, { message, errorCode: "UNSUPPORTED_MEDIA_TYPE" });
    }
    const record = jsonObject(request);
    if (record === null) {
      return refuse(400, { message: "The HTTP entity body is not a JSON object", errorCode: "JSON_PARSER_ERROR" });
    }
    if (externalIdField === undefined || value === undefined) return create(record);
    return upsert(record, { field: externalIdField, value: decoded(value) }, context);
  },
  withoutCredentials: (request) => (request.path === TOKEN_PATH ? withoutTokenSecrets(request) : request.body),
};

function giveToken(request: ImitatedRequest, { tokens, now }: ImitationContext): ImitationAnswer {
  const { grantType, clientId, clientSecret } = readTokenRequest(request);
  const refuseToken = (error: string, description: string) => json(400, { error, error_description: description });
  if (request.method !== "POST") return refuseToken("invalid_request", "must use HTTP POST");
  if (grantType !== "client_credentials") return refuseToken("unsupported_grant_type", "grant type not supported");
  if (clientId === "") return refuseToken("invalid_client_id", "client identifier invalid");
  if (clientSecret === "") return refuseToken("invalid_client", "invalid client credentials");
  return json(200, {
    access_token: tokens.issue(now),
    signature: randomBytes(32).toString("base64"),
    scope: "api",
    instance_url: "https://imitation.my.salesforce.com",
    id: "https://login.salesforce.com/id/00D000000000000AAA/005000000000000AAA",
    token_type: "Bearer",
    issued_at: String(now),
  });
}

function create(record: Readonly<Record<string, unknown>>): ImitationAnswer {
  const refusal = refusalOf(record, true);
  return refusal === null ? json(201, { id: newId(), success: true, errors: [] }) : refuse(400, refusal);
}

function upsert(
  record: Readonly<Record<string, unknown>>,
  { field, value }: { field: string; value: string },
  { records }: ImitationContext,
): ImitationAnswer {
  if (!field.endsWith("__c") || field in FIELDS) {
    const message = `Provided external ID field does not exist or is not accessible: ${field}`;
    return refuse(404, { errorCode: "NOT_FOUND", message });
  }
  if (field in record) {
    const message = `The ${field} field should not be specified in the sobject data.`;
    return refuse(400, { message, errorCode: "INVALID_FIELD" });
  }
  if ([...value].length > EXTERNAL_ID_CHARS_MAX)
    return refuse(400, tooLong(field, field, value, EXTERNAL_ID_CHARS_MAX));
  // External ids are compared without regard to case.
  const key = `${field}/${value.toLowerCase()}`;
  const known = records.get(key);
  const refusal = refusalOf(record, known === undefined);
  if (refusal !== null) return refuse(400, refusal);
  const id = known ?? newId();
  records.set(key, id);
  return json(known === undefined ? 201 : 200, { id, success: true, errors: [], created: known === undefined });
}

/** What is wrong with the record; null if nothing. */
function refusalOf(record: Readonly<Record<string, unknown>>, isNew: boolean): Refusal | null {
  for (const [name, value] of Object.entries(record)) {
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (field === undefined) {
      return { message: `No such column '${name}' on sobject of type Order__c`, errorCode: "INVALID_FIELD" };
    }
    const refusal = value === null ? null : fieldRefusal(name, field, value);
    if (refusal !== null) return refusal;
  }
  const { Name: name } = record;
  const isNameMissing = isNew ? name == null || name === "" : name === null || name === "";
  if (!isNameMissing) return null;
  return { message: "Required fields are missing: [Name]", errorCode: "REQUIRED_FIELD_MISSING", fields: ["Name"] };
}

function fieldRefusal(name: string, field: Field, value: unknown): Refusal | null {
  const isTyped = typeof value === (field.type === "currency" ? "number" : "string");
  if (!isTyped) {
    const kind = `VALUE_${typeof value === "object" ? "OBJECT" : (typeof value).toUpperCase()}`;
    const message = `Cannot deserialize instance of ${field.type} from ${kind} value ${JSON.stringify(value)} or request may be missing a required field`;
    return { message, errorCode: "JSON_PARSER_ERROR" };
  }
  if (field.type === "string" && [...(value as string)].length > field.charsMax) {
    return tooLong(name, field.label, value as string, field.charsMax);
  }
  if (field.type === "picklist" && !field.values.includes(value as string)) {
    const message = `${field.label}: bad value for restricted picklist field: ${value}`;
    return { message, errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", fields: [name] };
  }
  return null;
}

function tooLong(name: string, label: string, value: string, charsMax: number): Refusal {
  const message = `${label}: data value too large: ${value} (max length=${charsMax})`;
  return { message, errorCode: "STRING_TOO_LONG", fields: [name] };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refuse(status: number, refusal: Refusal): ImitationAnswer {
  return json(status, [refusal]);
}

function newId(): string {
  return `a00${randomBytes(8).toString("hex").slice(0, 12)}AAA`;
}
