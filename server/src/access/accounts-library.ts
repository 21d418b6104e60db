import type { PrismaClient } from "@vera-qr/prisma/client";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { OidcConfig } from "../config.ts";
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from "../domain/new-password.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { Logger } from "../logger.ts";
import { CLIENT_ADDRESS_HEADER } from "./request-origin.ts";

export const AUTH_PATH = "/api/auth";
export const OIDC_PROVIDER_ID = "oidc";

/** The longest a session lives, used or not. */
export const SESSION_SECONDS_MAX = 30 * 24 * 3600;

export interface AccountsLibraryDeps {
  readonly prisma: PrismaClient;
  readonly clock: Clock;
  /** Signs cookies: without it a session's token is worth nothing. */
  readonly secret: string;
  /** Origin as people reach it; `https:` makes cookies secure. */
  readonly publicUrl: string;
  readonly trustedProxyCidrs: readonly string[];
  readonly oidc: OidcConfig | null;
  readonly logger: Logger;
  /** Whether this person of the identity provider may come in; the refusal's code if not. */
  readonly admit: (person: Admission) => Promise<string | null>;
  /** A person whom `admit` let in for the first time has an account now. */
  readonly onAccountMade: (person: { readonly id: string; readonly email: string }) => Promise<void>;
  readonly onSignedIn: (userId: string) => Promise<void>;
}

export interface Admission {
  readonly email: string;
  readonly isEmailVerified: boolean;
  readonly isNew: boolean;
}

export type AccountsLibrary = ReturnType<typeof createAccountsLibrary>;

/** better-auth, as far as we use it: password hashes, sessions and their cookies, OpenID Connect. None of its HTTP endpoints is mounted as such. */
export function createAccountsLibrary(deps: AccountsLibraryDeps) {
  const { clock, oidc, publicUrl } = deps;
  const isSecure = publicUrl.startsWith("https:");
  return betterAuth({
    appName: "VERA-QR Webhooks",
    baseURL: publicUrl,
    basePath: AUTH_PATH,
    secret: deps.secret,
    database: prismaAdapter(deps.prisma, { provider: "postgresql", transaction: true }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
    },
    // Idleness is judged by our own clock, in sessions.ts.
    session: { expiresIn: SESSION_SECONDS_MAX, disableSessionRefresh: true },
    account: {
      // An account exists only because somebody invited that address: whoever proves the address by the provider is that person.
      accountLinking: { enabled: true, requireLocalEmailVerified: false },
      updateAccountOnSignIn: false,
    },
    user: {
      async validateUserInfo({ user, source }) {
        const error = await deps.admit({
          email: String(user.email ?? "").toLowerCase(),
          isEmailVerified: user.emailVerified === true,
          isNew: source.action === "create-user",
        });
        return error === null ? undefined : { error };
      },
    },
    databaseHooks: {
      user: { create: { after: ({ id, email }) => deps.onAccountMade({ id, email }) } },
      session: {
        create: {
          // Changing the password renews the session of somebody who is signed in already.
          after: async ({ userId }, context) => {
            if (context?.path !== "/change-password") await deps.onSignedIn(userId);
          },
        },
      },
      // The provider's tokens are of no use to us: what is not stored cannot leak.
      account: {
        create: {
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
    },
    plugins: [sessionStart, ...(oidc === null ? [] : [identityProvider(oidc)])],
    advanced: {
      // `__Host-` binds a cookie to this very host, which the library's own `__Secure-` does not.
      useSecureCookies: false,
      cookiePrefix: isSecure ? "__Host-vera-qr" : "vera-qr",
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", secure: isSecure, path: "/" },
      database: { generateId: () => uuidV7(clock.now()) },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER], trustedProxies: [...deps.trustedProxyCidrs] },
    },
    // Ours counts per account, too, and is shared by all processes.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    onAPIError: { errorURL: `${publicUrl}/` },
    logger: {
      level: "warn",
      log: (level, message) => deps.logger[level]({ detail: message }, "accounts.library"),
    },
  });
}

/** Begins a session for a person whose identity was checked by us, and sets its cookie. Callable only from inside: it has no path. */
const sessionStart = {
  id: "vera-qr-session-start",
  endpoints: {
    startSession: createAuthEndpoint({ method: "POST", body: z.object({ userId: z.string() }) }, async (context) => {
      const { internalAdapter } = context.context;
      const user = await internalAdapter.findUserById(context.body.userId);
      if (user === null) throw new Error("A session needs a user.");
      const session = await internalAdapter.createSession(user.id);
      await setSessionCookie(context, { session, user });
      return context.json({});
    }),
  },
} as const;

function identityProvider({ issuer, clientId, clientSecret, name }: OidcConfig) {
  return genericOAuth({
    config: [
      {
        providerId: OIDC_PROVIDER_ID,
        name,
        discoveryUrl: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
        clientId,
        clientSecret,
        scopes: ["openid", "email", "profile"],
        requireIdTokenVerification: true,
        disableProviderLogout: true,
      },
    ],
  });
}
