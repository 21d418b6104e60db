import type { HonoRequest } from "hono";
import { InvalidInputError } from "../domain/errors.ts";

const JSON_TYPE = /^application\/([\w.-]+\+)?json *(;|$)/i;

export function isJson(contentType: string | undefined): boolean {
  return JSON_TYPE.test(contentType ?? "");
}

/** The body's JSON. @throws InvalidInputError when it is none, or not UTF-8: repaired bytes would not be what the caller sent. */
export async function readJson(request: HonoRequest): Promise<unknown> {
  const bytes = await request.arrayBuffer();
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new InvalidInputError([{ field: null, message: "The request body must be JSON.", reason: "INVALID_FORMAT" }]);
  }
}
