import { randomInt } from "node:crypto";
import { CREDENTIAL_MARKER } from "@vera-qr/templates";
import { leadError, type OdooError } from "./crm-lead.ts";
import { type Imitation, type ImitationAnswer, isJson, isObject, json, jsonObject, plainText } from "./imitation.ts";

const REDACTED = "[redacted]";
const KEY_POSITION = 2;

/** Odoo's JSON-RPC: `execute_kw` of the service `object`, creating records of crm.lead. Every error of the call itself has status 200. */
export const odoo: Imitation = {
  answer(request) {
    if (request.path !== "/jsonrpc") return plainText(404, "Not Found");
    if (request.method !== "POST") return plainText(405, "Method Not Allowed");
    const call = isJson(request) ? jsonObject(request) : null;
    if (call === null) return plainText(400, "Invalid JSON data");
    const fail = (error: OdooError): ImitationAnswer =>
      json(200, {
        jsonrpc: "2.0",
        id: call["id"] ?? null,
        error: {
          code: 200,
          message: "Odoo Server Error",
          data: { name: error.name, debug: "", message: error.message, arguments: [error.message], context: {} },
        },
      });
    const { params } = call;
    if (!isObject(params) || params["service"] !== "object" || params["method"] !== "execute_kw") {
      return fail({ name: "builtins.NameError", message: "Only execute_kw of the service object is imitated" });
    }
    const args: readonly unknown[] = Array.isArray(params["args"]) ? params["args"] : [];
    const [database, userId, key, model, method, positional] = args;
    if (args.length < 6 || typeof database !== "string") {
      return fail({ name: "builtins.TypeError", message: "execute_kw() missing required positional arguments" });
    }
    if (!Number.isSafeInteger(userId) || typeof key !== "string" || key === "" || key === CREDENTIAL_MARKER) {
      return fail({ name: "odoo.exceptions.AccessDenied", message: "Access Denied" });
    }
    if (model !== "crm.lead") return fail({ name: "builtins.KeyError", message: `Object ${model} doesn't exist` });
    if (method !== "create") {
      return fail({ name: "builtins.AttributeError", message: `The method '${model}.${method}' does not exist` });
    }
    const values: unknown = Array.isArray(positional) ? positional[0] : undefined;
    if (!isObject(values)) {
      return fail({
        name: "builtins.TypeError",
        message: "create() missing 1 required positional argument: 'vals_list'",
      });
    }
    const error = leadError(values);
    return error === null
      ? json(200, { jsonrpc: "2.0", id: call["id"] ?? null, result: randomInt(1, 1_000_000) })
      : fail(error);
  },
  withoutCredentials(request) {
    const call = jsonObject(request);
    const args = isObject(call?.["params"]) ? call["params"]["args"] : undefined;
    if (!Array.isArray(args) || args.length <= KEY_POSITION) return request.body;
    args[KEY_POSITION] = REDACTED;
    return JSON.stringify(call);
  },
};
