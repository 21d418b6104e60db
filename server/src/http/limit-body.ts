import type { MiddlewareHandler } from "hono";
import { problem } from "../rest/problem.ts";
import { BODY_BYTES_MAX } from "./body-bytes-max.ts";

/**
 * Refuses larger bodies with 413, as soon as that is known. Hono's own limit cannot take bodies of unstated length here: it copies the request with the global
 * `Request`, whose instance ours is not.
 */
export const limitBody: MiddlewareHandler = async (context, next) => {
  const { raw } = context.req;
  const isOfUnstatedLength = raw.headers.has("transfer-encoding");
  if (!isOfUnstatedLength) {
    return Number(raw.headers.get("content-length") ?? 0) > BODY_BYTES_MAX ? tooLarge(context) : await next();
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of raw.body ?? []) {
    size += part.length;
    if (size > BODY_BYTES_MAX) return tooLarge(context);
    parts.push(part);
  }
  const { url, method, headers, signal } = raw;
  // A Request of these methods refuses a body; what came with one means nothing (RFC 9110, 9.3.1).
  const hasBody = method !== "GET" && method !== "HEAD";
  context.req.raw = new Request(url, { method, headers, signal, ...(hasBody && { body: Buffer.concat(parts) }) });
  return await next();
};

function tooLarge(context: Parameters<MiddlewareHandler>[0]): Response {
  return problem(context, 413, "TOO_LARGE", "The request is larger than 8 MiB.");
}
