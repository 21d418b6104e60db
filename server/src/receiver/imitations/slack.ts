import { type Imitation, isJson, isObject, jsonObject, plainText } from "./imitation.ts";

const HOOK_PATH = /^\/services\/\w+\/\w+\/\w+$/;
const TEXT_CHARS_MAX = 40_000;
const BLOCKS_MAX = 50;
/** Of a block's text, by the block's type. */
const BLOCK_TEXT_CHARS_MAX: Readonly<Record<string, number>> = { header: 150, section: 3000 };

/** Slack's incoming webhooks. Answers are one word; text that is too long is refused, where Slack would cut it off. */
export const slack: Imitation = {
  answer(request) {
    if (!HOOK_PATH.test(request.path)) return plainText(404, "no_service");
    if (request.method !== "POST") return plainText(405, "method_not_allowed");
    const message = isJson(request) ? jsonObject(request) : null;
    if (message === null) return plainText(400, "invalid_payload");
    const { text, blocks, attachments } = message;
    if (text !== undefined && typeof text !== "string") return plainText(400, "invalid_payload");
    if (blocks !== undefined && !areBlocks(blocks)) return plainText(400, "invalid_blocks");
    if (!text && blocks === undefined && attachments === undefined) return plainText(400, "no_text");
    if (text !== undefined && text.length > TEXT_CHARS_MAX) return plainText(400, "msg_too_long");
    return plainText(200, "ok");
  },
};

function areBlocks(value: unknown): boolean {
  return Array.isArray(value) && value.length <= BLOCKS_MAX && value.every(isBlock);
}

function isBlock(value: unknown): boolean {
  if (!isObject(value) || typeof value["type"] !== "string") return false;
  const charsMax = BLOCK_TEXT_CHARS_MAX[value["type"]];
  if (charsMax === undefined || value["text"] === undefined) return true;
  const text = isObject(value["text"]) ? value["text"]["text"] : undefined;
  return typeof text === "string" && text !== "" && text.length <= charsMax;
}
