import { type Imitation, json, jsonObject } from "./imitation.ts";

/** A restaurant's own system that checks signatures, as the guide says that one should. */
export const custom: Imitation = {
  answer(request, { isSignatureValid }) {
    if (!isSignatureValid) return json(401, { error: "The signature is not valid." });
    if (jsonObject(request) === null) return json(400, { error: "The body is not JSON." });
    return json(200, { received: true });
  },
};
