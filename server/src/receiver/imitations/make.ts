import { type Imitation, jsonObject, plainText } from "./imitation.ts";

/** Make's custom webhook: it takes data before the scenario looks at them. */
export const make: Imitation = {
  answer(request) {
    if (!/^\/\w+$/.test(request.path)) return plainText(404, "Not Found");
    return jsonObject(request) === null ? plainText(400, "Invalid JSON") : plainText(200, "Accepted");
  },
};
