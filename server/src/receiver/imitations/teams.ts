import { type Imitation, type ImitationAnswer, isJson, isObject, json, jsonObject, plainText } from "./imitation.ts";

const CARD_TYPE = "application/vnd.microsoft.card.adaptive";
/** 28 KB. */
const MESSAGE_BYTES_MAX = 28 * 1024;
/** The latest version of Adaptive Cards that Teams shows. */
const VERSION_MAX = 1.5;
/** Elements of a card, and the one thing that each cannot be without. */
const ELEMENTS: Readonly<Record<string, { readonly name: string; readonly type: "string" | "list" }>> = {
  TextBlock: { name: "text", type: "string" },
  RichTextBlock: { name: "inlines", type: "list" },
  FactSet: { name: "facts", type: "list" },
  Container: { name: "items", type: "list" },
  ColumnSet: { name: "columns", type: "list" },
  Image: { name: "url", type: "string" },
  ActionSet: { name: "actions", type: "list" },
};

/** A workflow of Microsoft Teams that begins with “When a Teams webhook request is received” and posts the card. */
export const teams: Imitation = {
  answer(request) {
    if (!request.path.endsWith("/triggers/manual/paths/invoke"))
      return refuse(404, "ResourceNotFound", "There is no such workflow.");
    if ((request.query.get("sig") ?? "") === "") {
      const message = "The request must be authenticated only by Shared Access scheme.";
      return refuse(401, "DirectApiAuthorizationRequired", message);
    }
    if (request.method !== "POST") return refuse(405, "TriggerRequestMethodNotValid", "The method must be POST.");
    if (Buffer.byteLength(request.body) > MESSAGE_BYTES_MAX) {
      return refuse(413, "RequestEntityTooLarge", "Cards of more than 28 KB are not posted.");
    }
    const message = isJson(request) ? jsonObject(request) : null;
    if (message === null) return refuse(400, "InvalidRequestContent", "The request content is not valid JSON.");
    const problem = messageProblem(message);
    return problem === null ? plainText(202, "") : refuse(400, "TriggerInputSchemaMismatch", problem);
  },
};

function messageProblem({ type, attachments }: Readonly<Record<string, unknown>>): string | null {
  if (type !== "message") return "type: must be message";
  if (!Array.isArray(attachments) || attachments.length === 0) return "attachments: must be a list that is not empty";
  return attachments.map(attachmentProblem).find((problem) => problem !== null) ?? null;
}

function attachmentProblem(attachment: unknown): string | null {
  if (!isObject(attachment) || attachment["contentType"] !== CARD_TYPE) return `contentType: must be ${CARD_TYPE}`;
  const card = attachment["content"];
  if (!isObject(card) || card["type"] !== "AdaptiveCard") return "content.type: must be AdaptiveCard";
  if (!(Number(card["version"]) <= VERSION_MAX)) return `content.version: must be at most ${VERSION_MAX}`;
  if (!Array.isArray(card["body"])) return "content.body: must be a list";
  return card["body"].map(elementProblem).find((problem) => problem !== null) ?? null;
}

function elementProblem(element: unknown): string | null {
  const type = isObject(element) ? String(element["type"]) : "";
  const needed = Object.hasOwn(ELEMENTS, type) ? ELEMENTS[type] : undefined;
  if (!isObject(element) || needed === undefined) return `content.body: ${type} is no element of a card`;
  const value = element[needed.name];
  const isGiven = needed.type === "list" ? Array.isArray(value) : typeof value === "string";
  return isGiven ? null : `content.body: ${type} needs ${needed.name}`;
}

function refuse(status: number, code: string, message: string): ImitationAnswer {
  return json(status, { error: { code, message } });
}
