import { randomInt, randomUUID } from "node:crypto";
import { credentialOf, type Imitation, type ImitationAnswer, isJson, isObject, json, jsonObject } from "./imitation.ts";

const DEALS_PATH = "/crm/v3/objects/deals";
/** Of the pipeline that every account has from the start. */
const STAGES = [
  "appointmentscheduled",
  "qualifiedtobuy",
  "presentationscheduled",
  "decisionmakerboughtin",
  "contractsent",
  "closedwon",
  "closedlost",
];
const VALUE_CHARS_MAX = 65_536;

interface InvalidProperty {
  readonly isValid: false;
  readonly message: string;
  readonly error: string;
  readonly name: string;
}

type Check = (value: string, name: string) => InvalidProperty | null;
const anyText: Check = (value, name) =>
  value.length > VALUE_CHARS_MAX
    ? invalid(name, "PROPERTY_VALUE_TOO_LONG", `Property values may have at most ${VALUE_CHARS_MAX} characters`)
    : null;
const number: Check = (value, name) =>
  /^-?\d+(?:\.\d+)?$/.test(value) || value === ""
    ? null
    : invalid(name, "INVALID_DOUBLE", `${value} was not a valid number.`);
const stage: Check = (value, name) =>
  STAGES.includes(value)
    ? null
    : invalid(name, "INVALID_OPTION", `${value} was not one of the allowed options: [${STAGES.join(", ")}]`);

/** Those of the deals that come with every account and that orders can fill. */
const PROPERTIES: Readonly<Record<string, Check>> = {
  dealname: anyText,
  amount: number,
  dealstage: stage,
  pipeline: (value, name) =>
    value === "default"
      ? null
      : invalid(name, "INVALID_OPTION", `${value} was not one of the allowed options: [default]`),
  description: anyText,
  closedate: anyText,
  deal_currency_code: anyText,
};

/** HubSpot's CRM objects, version 3: creating deals. All properties are strings. */
export const hubspot: Imitation = {
  answer(request, { now }) {
    if (credentialOf(request, "Bearer") === null) {
      const message = "Authentication credentials not found. This API supports OAuth 2.0 authentication.";
      return refuse(401, "INVALID_AUTHENTICATION", message);
    }
    if (request.path !== DEALS_PATH) return refuse(404, "OBJECT_NOT_FOUND", "resource not found");
    if (request.method !== "POST") return refuse(405, "VALIDATION_ERROR", "Method Not Allowed");
    if (!isJson(request)) return refuse(415, "VALIDATION_ERROR", "Unsupported Media Type");
    const properties = jsonObject(request)?.["properties"];
    if (!isObject(properties)) {
      return refuse(400, "VALIDATION_ERROR", "Invalid input JSON: some required fields were not set: [properties]");
    }
    const wrong = Object.entries(properties).find(([, value]) => typeof value !== "string");
    if (wrong !== undefined) {
      const message = `Invalid input JSON: cannot deserialize value of type java.lang.String (properties["${wrong[0]}"])`;
      return refuse(400, "VALIDATION_ERROR", message);
    }
    const invalids = Object.entries(properties).flatMap(([name, value]) => {
      const check = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
      if (check === undefined) return [invalid(name, "PROPERTY_DOESNT_EXIST", `Property "${name}" does not exist`)];
      return check(value as string, name) ?? [];
    });
    if (invalids.length > 0) {
      return refuse(400, "VALIDATION_ERROR", `Property values were not valid: ${JSON.stringify(invalids)}`);
    }
    const time = new Date(now).toISOString();
    const id = String(randomInt(1_000_000_000, 99_999_999_999));
    return json(201, {
      id,
      properties: { pipeline: "default", ...properties, createdate: time, hs_lastmodifieddate: time, hs_object_id: id },
      createdAt: time,
      updatedAt: time,
      archived: false,
    });
  },
};

function invalid(name: string, error: string, message: string): InvalidProperty {
  return { isValid: false, message, error, name };
}

function refuse(status: number, category: string, message: string): ImitationAnswer {
  return json(status, { status: "error", message, correlationId: randomUUID(), category });
}
