import { randomUUID } from "node:crypto";
import { type Imitation, json, jsonObject, plainText } from "./imitation.ts";

const HOOK_PATH = /^\/hooks\/catch\/\d+\/\w+\/?$/;

/** Zapier's catch hook. */
export const zapier: Imitation = {
  answer(request) {
    if (!HOOK_PATH.test(request.path)) return plainText(404, "Not Found");
    if (jsonObject(request) === null) return json(400, { status: "error", message: "Invalid JSON" });
    return json(200, { attempt: randomUUID(), id: randomUUID(), request_id: randomUUID(), status: "success" });
  },
};
