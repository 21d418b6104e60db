import { type Imitation, json, jsonObject } from "./imitation.ts";

/** The node Webhook of n8n with method POST, answering at once. */
export const n8n: Imitation = {
  answer(request) {
    const { method, path } = request;
    const isRegistered = path.startsWith("/webhook/") && path.length > "/webhook/".length;
    if (!isRegistered || method !== "POST") {
      const name = `${method} ${path.replace(/^\/webhook\//, "")}`;
      const hint = "The workflow must be active for a production URL to run successfully.";
      return json(404, { code: 404, message: `The requested webhook "${name}" is not registered.`, hint });
    }
    if (jsonObject(request) === null) return json(422, { code: 422, message: "Failed to parse request body" });
    return json(200, { message: "Workflow was started" });
  },
};
