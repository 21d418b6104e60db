import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { bearerToken } from "../access/bearer-token.ts";
import { noSuchResource, unauthenticated } from "./problem.ts";

/** Lets through who knows the secret; without a secret there is nothing here. */
export function requireCronSecret(secret: string | null): MiddlewareHandler {
  if (secret === null) return async (context) => noSuchResource(context);
  const expected = sha256(secret);
  return async (context, next) => {
    const token = bearerToken(context.req.header("authorization"));
    // Digests are of equal length, and comparing them takes the same time wherever they differ.
    if (token === null || !timingSafeEqual(sha256(token), expected)) {
      return unauthenticated(context, "The cron secret is required: Authorization: Bearer <CRON_SECRET>.");
    }
    return await next();
  };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
