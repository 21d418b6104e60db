import { randomInt } from "node:crypto";
import { type Imitation, type ImitationAnswer, isJson, isObject, json, jsonObject, plainText } from "./imitation.ts";

const HOOK_PATH = /^\/api\/(?:v\d{1,2}\/)?webhooks\/\d+\/[\w-]+$/;
const CONTENT_CHARS_MAX = 2000;
const EMBEDS_MAX = 10;
const MENTIONS = ["roles", "users", "everyone"];
/** SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS and IS_COMPONENTS_V2: the flags that a webhook may set. */
const FLAGS = 4 | 4096 | 32_768;

interface FieldError {
  readonly code: string;
  readonly message: string;
}

/** Discord's Execute Webhook. */
export const discord: Imitation = {
  answer(request) {
    if (!HOOK_PATH.test(request.path)) return refuse(404, 10_015, "Unknown Webhook");
    if (request.method !== "POST") return refuse(405, 0, "405: Method Not Allowed");
    const message = isJson(request) ? jsonObject(request) : null;
    if (message === null) return refuse(400, 50_109, "The request body contains invalid JSON.");
    const errors = Object.entries(CHECKS).flatMap(([name, check]) => {
      const error = message[name] === undefined || message[name] === null ? null : check(message[name]);
      return error === null ? [] : [[name, { _errors: [error] }] as const];
    });
    if (errors.length > 0) return refuse(400, 50_035, "Invalid Form Body", Object.fromEntries(errors));
    if (!message["content"] && !Array.isArray(message["embeds"])) {
      return refuse(400, 50_006, "Cannot send an empty message");
    }
    if (request.query.get("wait") !== "true") return plainText(204, "");
    return json(200, { id: String(randomInt(1, 281_474_976_710_655)), type: 0, ...message });
  },
};

const CHECKS: Readonly<Record<string, (value: unknown) => FieldError | null>> = {
  content(value) {
    if (typeof value !== "string") return { code: "STRING_TYPE_CONVERT", message: "Could not interpret as string." };
    if (value.length <= CONTENT_CHARS_MAX) return null;
    return { code: "BASE_TYPE_MAX_LENGTH", message: `Must be ${CONTENT_CHARS_MAX} or fewer in length.` };
  },
  embeds(value) {
    if (Array.isArray(value) && value.length <= EMBEDS_MAX && value.every(isObject)) return null;
    return { code: "BASE_TYPE_MAX_LENGTH", message: `Must be ${EMBEDS_MAX} or fewer in length.` };
  },
  allowed_mentions(value) {
    const parse = isObject(value) ? (value["parse"] ?? []) : null;
    if (Array.isArray(parse) && parse.every((kind) => MENTIONS.includes(kind))) return null;
    return { code: "BASE_TYPE_CHOICES", message: `Value must be one of {${MENTIONS.join(", ")}}.` };
  },
  flags(value) {
    if (Number.isSafeInteger(value) && ((value as number) & ~FLAGS) === 0) return null;
    return { code: "MESSAGE_FLAGS_INVALID", message: "These flags cannot be set." };
  },
};

function refuse(status: number, code: number, message: string, errors?: object): ImitationAnswer {
  return json(status, { message, code, ...(errors && { errors }) });
}
