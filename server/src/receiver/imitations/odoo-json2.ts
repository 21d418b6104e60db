import { randomInt } from "node:crypto";
import { leadError, type OdooError } from "./crm-lead.ts";
import { credentialOf, type Imitation, type ImitationAnswer, isJson, isObject, json, jsonObject } from "./imitation.ts";

const CALL_PATH = /^\/json\/2\/([\w.]+)\/(\w+)$/;

/** Odoo's JSON-2 API (19 and later): the method `create` of crm.lead, with its arguments by name. */
export const odooJson2: Imitation = {
  answer(request) {
    const [isCall, model, method] = CALL_PATH.exec(request.path) ?? [];
    if (isCall === undefined) return refuse(404, "werkzeug.exceptions.NotFound", "Not Found");
    if (request.method !== "POST") return refuse(405, "werkzeug.exceptions.MethodNotAllowed", "Method Not Allowed");
    if (credentialOf(request, "bearer") === null)
      return refuse(401, "werkzeug.exceptions.Unauthorized", "Invalid apikey");
    if ((request.headers["x-odoo-database"] ?? "") === "") {
      return refuse(404, "werkzeug.exceptions.NotFound", "No database is selected");
    }
    if (!isJson(request)) return refuse(415, "werkzeug.exceptions.UnsupportedMediaType", "Unsupported Media Type");
    const args = jsonObject(request);
    if (args === null) return refuse(400, "werkzeug.exceptions.BadRequest", "The body is not a JSON object");
    if (model !== "crm.lead") return refuse(404, "werkzeug.exceptions.NotFound", `the model '${model}' does not exist`);
    if (method !== "create") {
      return refuse(404, "werkzeug.exceptions.NotFound", `the method '${model}.${method}' does not exist`);
    }
    const { vals_list: values, ...others } = args;
    const [unknown] = Object.keys(others).filter((name) => name !== "context" && name !== "ids");
    if (unknown !== undefined) {
      return refuse(422, "builtins.TypeError", `create() got an unexpected keyword argument '${unknown}'`);
    }
    if (!Array.isArray(values) || !values.every(isObject)) {
      return refuse(422, "builtins.TypeError", "create() missing a required argument: 'vals_list'");
    }
    const error = values.map(leadError).find((found): found is OdooError => found !== null);
    if (error !== undefined) return refuse(422, error.name, error.message);
    return json(
      200,
      values.map(() => randomInt(1, 1_000_000)),
    );
  },
};

function refuse(status: number, name: string, message: string): ImitationAnswer {
  return json(status, { name, message, arguments: [message], context: {}, debug: "" });
}
