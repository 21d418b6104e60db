import { randomBytes } from "node:crypto";
import { type Imitation, type ImitationAnswer, isJson, isObject, json, jsonObject } from "./imitation.ts";

const MESSAGES_PATH = /^\/v1\/spaces\/([\w-]+)\/messages$/;
const MESSAGE_BYTES_MAX = 32_000;

/** What may stand in an object, by name: text, anything, a list of objects, or an object. A name that is not here is refused, as Google's APIs do. */
type Shape = { readonly [name: string]: "text" | "any" | readonly [Shape] | Shape };

const WIDGET: Shape = {
  textParagraph: { text: "text", maxLines: "any" },
  decoratedText: {
    text: "text",
    topLabel: "text",
    bottomLabel: "text",
    wrapText: "any",
    startIcon: "any",
    button: "any",
  },
  divider: {},
  buttonList: "any",
  image: { imageUrl: "text", altText: "text", onClick: "any" },
};
const MESSAGE: Shape = {
  text: "text",
  fallbackText: "text",
  thread: "any",
  cardsV2: [
    {
      cardId: "text",
      card: {
        name: "text",
        header: { title: "text", subtitle: "text", imageUrl: "text", imageType: "text", imageAltText: "text" },
        sections: [{ header: "text", collapsible: "any", uncollapsibleWidgetsCount: "any", widgets: [WIDGET] }],
      },
    },
  ],
};

/** Google Chat's incoming webhooks: messages of text and cards. */
export const googleChat: Imitation = {
  answer(request, { now }) {
    const [isMessages, space] = MESSAGES_PATH.exec(request.path) ?? [];
    if (isMessages === undefined) return refuse(404, "NOT_FOUND", "Method not found.");
    if (!request.query.get("key")) {
      return refuse(403, "PERMISSION_DENIED", "Method doesn't allow unregistered callers. Please use API Key.");
    }
    if (!request.query.get("token")) {
      return refuse(401, "UNAUTHENTICATED", "Request is missing required authentication credential.");
    }
    if (request.method !== "POST") return refuse(405, "INVALID_ARGUMENT", "Only POST is imitated.");
    const message = isJson(request) ? jsonObject(request) : null;
    if (message === null) return refuse(400, "INVALID_ARGUMENT", "Invalid JSON payload received.");
    const problem = shapeProblem(message, MESSAGE, "message");
    if (problem !== null) return refuse(400, "INVALID_ARGUMENT", problem);
    if (message["text"] === undefined && message["cardsV2"] === undefined) {
      return refuse(400, "INVALID_ARGUMENT", "Message cannot be empty.");
    }
    if (Buffer.byteLength(request.body) > MESSAGE_BYTES_MAX) {
      return refuse(400, "INVALID_ARGUMENT", `Message is too long: at most ${MESSAGE_BYTES_MAX} bytes are allowed.`);
    }
    const id = randomBytes(8).toString("base64url");
    return json(200, {
      name: `spaces/${space}/messages/${id}.${id}`,
      createTime: new Date(now).toISOString(),
      ...message,
      thread: { name: `spaces/${space}/threads/${id}` },
      space: { name: `spaces/${space}` },
    });
  },
};

function shapeProblem(value: Readonly<Record<string, unknown>>, shape: Shape, path: string): string | null {
  for (const [name, part] of Object.entries(value)) {
    const expected = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (expected === undefined) {
      return `Invalid JSON payload received. Unknown name "${name}" at '${path}': Cannot find field.`;
    }
    const problem = partProblem(part, expected, `${path}.${name}`);
    if (problem !== null) return problem;
  }
  return null;
}

function partProblem(part: unknown, expected: Shape[string], path: string): string | null {
  const invalid = `Invalid value at '${path}'`;
  if (expected === "any") return null;
  if (expected === "text") return typeof part === "string" ? null : invalid;
  if (!isList(expected)) return isObject(part) ? shapeProblem(part, expected, path) : invalid;
  if (!Array.isArray(part)) return invalid;
  const problems = part.map((element: unknown, index) => partProblem(element, expected[0], `${path}[${index}]`));
  return problems.find((problem) => problem !== null) ?? null;
}

function isList(shape: readonly [Shape] | Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function refuse(code: number, status: string, message: string): ImitationAnswer {
  return json(code, { error: { code, message, status } });
}
