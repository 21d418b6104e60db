import type { IncomingMessage } from "node:http";
import { type Credential, credentialOf } from "../access/authenticate.ts";
import { ownPageCookies } from "./same-origin.ts";

/** The credential of a request; null if it has none, or only cookies that a page of another site may have had it sent with. */
export function requestCredential(
  request: Pick<IncomingMessage, "method" | "headers">,
  publicUrl: string,
): Credential | null {
  const { authorization } = request.headers;
  return credentialOf(authorization, authorization ? null : ownPageCookies(request, publicUrl));
}
