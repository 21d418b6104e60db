import { randomInt } from "node:crypto";
import {
  credentialOf,
  type ImitatedRequest,
  type Imitation,
  type ImitationAnswer,
  type ImitationContext,
  isObject,
  json,
  jsonObject,
} from "./imitation.ts";
import { readTokenRequest, withoutTokenSecrets } from "./token-request.ts";

const TOKEN_PATH = "/oauth/v2/token";
const DEALS_PATH = "/crm/v3/Deals";
const RECORDS_MAX = 100;
const DEAL_NAME_CHARS_MAX = 120;
/** As the picklist is from the start. */
const STAGES = [
  "Qualification",
  "Needs Analysis",
  "Value Proposition",
  "Identify Decision Makers",
  "Proposal/Price Quote",
  "Negotiation/Review",
  "Closed Won",
  "Closed Lost",
  "Closed Lost to Competition",
];

interface RecordResult {
  readonly code: string;
  readonly details: object;
  readonly message: string;
  readonly status: "success" | "error";
}

/** Zoho CRM's API, version 3: inserting deals, and its token endpoint, which answers errors with status 200. Records are judged one by one; fields that it does not know are ignored. */
export const zoho: Imitation = {
  answer(request, context) {
    if (request.path === TOKEN_PATH) return giveToken(request, context);
    const token = credentialOf(request, "Zoho-oauthtoken");
    if (token === null) return json(401, failure("AUTHENTICATION_FAILURE", "Authentication failed"));
    if (!context.tokens.isValid(token, context.now)) return json(401, failure("INVALID_TOKEN", "invalid oauth token"));
    if (request.path !== DEALS_PATH) {
      const message = "Please check if the URL trying to access is a correct one";
      return json(404, failure("INVALID_URL_PATTERN", message));
    }
    if (request.method !== "POST") {
      const message = "The http request method type is not a valid one";
      return json(400, failure("INVALID_REQUEST_METHOD", message));
    }
    const body = jsonObject(request);
    if (body === null) return json(400, failure("INVALID_DATA", "body is not a JSON object"));
    const { data } = body;
    if (data === undefined)
      return json(400, failure("MANDATORY_NOT_FOUND", "required field not found", { api_name: "data" }));
    if (!Array.isArray(data) || data.length === 0) {
      const details = { expected_data_type: "jsonarray", api_name: "data" };
      return json(400, failure("INVALID_DATA", "invalid data", details));
    }
    if (data.length > RECORDS_MAX) {
      const details = { maximum_length: RECORDS_MAX, api_name: "data" };
      return json(400, failure("INVALID_DATA", "invalid data", details));
    }
    const results = data.map((record: unknown, index) => insert(record, `$.data[${index}]`, context.now));
    return json(statusOf(results), { data: results });
  },
  withoutCredentials: (request) => (request.path === TOKEN_PATH ? withoutTokenSecrets(request) : request.body),
};

function giveToken(request: ImitatedRequest, { tokens, now }: ImitationContext): ImitationAnswer {
  const { grantType, clientId, clientSecret, refreshToken } = readTokenRequest(request);
  if (request.method !== "POST") return json(405, { error: "invalid_request" });
  if (grantType !== "refresh_token") return json(200, { error: "unsupported_grant_type" });
  if (clientId === "") return json(200, { error: "invalid_client" });
  if (clientSecret === "") return json(200, { error: "invalid_client_secret" });
  if (refreshToken === "") return json(200, { error: "invalid_code" });
  return json(200, {
    access_token: tokens.issue(now),
    scope: "ZohoCRM.modules.deals.CREATE",
    api_domain: "https://www.zohoapis.com",
    token_type: "Bearer",
    expires_in: tokens.lifetimeSeconds,
  });
}

function insert(record: unknown, path: string, now: number): RecordResult {
  if (!isObject(record))
    return failure("INVALID_DATA", "invalid data", { expected_data_type: "jsonobject", json_path: path });
  const at = (name: string) => ({ api_name: name, json_path: `${path}.${name}` });
  for (const name of ["Deal_Name", "Stage"]) {
    const value = record[name];
    if (value === undefined || value === null || value === "") {
      return failure("MANDATORY_NOT_FOUND", "required field not found", at(name));
    }
    if (typeof value !== "string") {
      return failure("INVALID_DATA", "invalid data", { expected_data_type: "text", ...at(name) });
    }
  }
  if ((record["Deal_Name"] as string).length > DEAL_NAME_CHARS_MAX) {
    return failure("INVALID_DATA", "invalid data", { maximum_length: DEAL_NAME_CHARS_MAX, ...at("Deal_Name") });
  }
  if (!STAGES.includes(record["Stage"] as string)) {
    return failure("INVALID_DATA", "invalid data", { expected_data_type: "picklist", ...at("Stage") });
  }
  const amount = record["Amount"];
  if (amount !== undefined && amount !== null && typeof amount !== "number") {
    return failure("INVALID_DATA", "invalid data", { expected_data_type: "double", ...at("Amount") });
  }
  const time = new Date(now).toISOString().replace(/\.\d+Z$/, "+00:00");
  const by = { name: "Imitation", id: "1000000000000000001" };
  const id = `1000000${randomInt(100_000_000_000).toString().padStart(12, "0")}`;
  const details = { Modified_Time: time, Modified_By: by, Created_Time: time, id, Created_By: by };
  return { code: "SUCCESS", details, message: "record added", status: "success" };
}

/** 202 if it has taken the request and none of the records. */
function statusOf(results: readonly RecordResult[]): number {
  if (results.every(({ status }) => status === "success")) return 201;
  return results.some(({ status }) => status === "success") ? 207 : 202;
}

function failure(code: string, message: string, details: object = {}): RecordResult {
  return { code, details, message, status: "error" };
}
