import { randomInt } from "node:crypto";
import { type Imitation, type ImitationAnswer, isJson, json, jsonObject } from "./imitation.ts";

const DEALS_PATH = "/api/v2/deals";
const TITLE_CHARS_MAX = 255;
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** What is wrong with a field; null if nothing. */
type Check = (value: unknown) => string | null;
const wholeNumber: Check = (value) => (Number.isSafeInteger(value) ? null : "must be a whole number");
const text: Check = (value) => (typeof value === "string" ? null : "must be a string");

const FIELDS: Readonly<Record<string, Check>> = {
  title: (value) => {
    if (typeof value !== "string" || value === "") return "must be a non-empty string";
    return value.length > TITLE_CHARS_MAX ? `must have at most ${TITLE_CHARS_MAX} characters` : null;
  },
  value: (value) => (typeof value === "number" ? null : "must be a number"),
  currency: (value) =>
    typeof value === "string" && CURRENCIES.has(value) ? null : "must be the code of an active currency",
  owner_id: wholeNumber,
  person_id: wholeNumber,
  org_id: wholeNumber,
  pipeline_id: wholeNumber,
  stage_id: wholeNumber,
  status: (value) => (["open", "won", "lost"].includes(value as string) ? null : "must be one of open, won, lost"),
  expected_close_date: text,
};

/** Pipedrive's API, version 2: adding a deal. Types are strict, and a field that it does not know is refused. */
export const pipedrive: Imitation = {
  answer(request, { now }) {
    if ((request.headers["x-api-token"] ?? "") === "") {
      return json(401, {
        success: false,
        error: "unauthorized access",
        errorCode: 401,
        error_info: "Please check developers.pipedrive.com",
      });
    }
    if (request.path !== DEALS_PATH) return refuse(404, "Unknown method.");
    if (request.method !== "POST") return refuse(405, "Method not allowed.");
    if (!isJson(request)) return refuse(415, "Unsupported Media Type");
    const deal = jsonObject(request);
    if (deal === null) return refuse(400, "Invalid JSON in the request body");
    if (deal["title"] === undefined) return refuse(400, "Validation failed: title: is required");
    for (const [name, value] of Object.entries(deal)) {
      const check = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
      const problem = check === undefined ? "is not allowed" : check(value);
      if (problem !== null) return refuse(400, `Validation failed: ${name}: ${problem}`);
    }
    const time = new Date(now).toISOString().replace(/\.\d+Z$/, "Z");
    const id = randomInt(1, 1_000_000_000);
    return json(200, {
      success: true,
      data: { id, value: 0, status: "open", ...deal, add_time: time, update_time: time, is_deleted: false },
    });
  },
};

function refuse(status: number, error: string): ImitationAnswer {
  return json(status, { success: false, error, data: null, additional_data: null });
}
