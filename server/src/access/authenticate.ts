import { isDeepStrictEqual } from "node:util";
import type { Actor } from "./actor.ts";
import type { ApiKeys } from "./api-keys.ts";
import { bearerToken } from "./bearer-token.ts";
import type { Sessions } from "./sessions.ts";

/** What a request shows to say who sends it. */
export type Credential =
  | { readonly kind: "bearer"; readonly token: string }
  /** The cookies of a request. Browsers send them whoever made the page that asks, so they count only for requests of our own pages. */
  | { readonly kind: "cookies"; readonly cookies: string };

/** What has become of somebody who was let in: nothing, another role (or organization, or scope), or no access at all. */
export type Standing = "unchanged" | "changed" | "ended";

/** The one place that tells who sends a request. */
export interface Authenticator {
  /** Who the credential stands for; null when it is unknown or has ended. */
  authenticate(credential: Credential): Promise<Actor | null>;
  /** For connections that stay open. */
  standing(credential: Credential, actor: Actor): Promise<Standing>;
}

/** A bearer token wins over cookies: it was given on purpose. Null when there is neither. */
export function credentialOf(
  authorization: string | null | undefined,
  cookie: string | null | undefined,
): Credential | null {
  if (authorization) {
    const token = bearerToken(authorization);
    return token === null ? null : { kind: "bearer", token };
  }
  return cookie ? { kind: "cookies", cookies: cookie } : null;
}

export function createAuthenticator(deps: {
  apiKeys: Pick<ApiKeys, "authenticate">;
  sessions: Pick<Sessions, "authenticate" | "check">;
}): Authenticator {
  const { apiKeys, sessions } = deps;
  return {
    authenticate: (credential) =>
      credential.kind === "bearer" ? apiKeys.authenticate(credential.token) : sessions.authenticate(credential.cookies),
    async standing(credential, actor) {
      const current = await (credential.kind === "bearer"
        ? apiKeys.authenticate(credential.token)
        : sessions.check(credential.cookies));
      if (current === null) return "ended";
      return current === actor || isDeepStrictEqual(current, actor) ? "unchanged" : "changed";
    },
  };
}
