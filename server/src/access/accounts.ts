import type { PrismaClient } from "@vera-qr/prisma/client";
import { isAPIError } from "better-auth/api";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { emailAddress } from "../domain/email-address.ts";
import { NOT_WELL_FORMED } from "../domain/error-reasons.ts";
import { ForbiddenError, InvalidInputError, UnavailableError } from "../domain/errors.ts";
import { newPassword, PASSWORD_LENGTH_MAX } from "../domain/new-password.ts";
import { parseInput } from "../domain/parse-input.ts";
import { type AccountsLibrary, AUTH_PATH, OIDC_PROVIDER_ID } from "./accounts-library.ts";
import { type Actor, SYSTEM } from "./actor.ts";
import { accountEntries, auditEntry } from "./audit-log.ts";
import { displayName } from "./organizations.ts";
import { clientAddress, libraryHeaders, type RequestOrigin } from "./request-origin.ts";
import type { Sessions } from "./sessions.ts";
import type { SignInLimit } from "./sign-in-limit.ts";

/** What people do about their own account. Cookies to set come back as headers. */
export interface Accounts {
  /**
   * Begins a session. Null when the address or the password is wrong, in the same time whichever it is.
   * @throws TooManyAttemptsError while the account or the address is closed.
   */
  signIn(input: unknown, origin: RequestOrigin): Promise<Headers | null>;
  /** Ends the session of the request; open connections of it end soon after. */
  signOut(actor: Actor, origin: RequestOrigin): Promise<Headers>;
  /** Ends all sessions of the person, and begins a new one for this browser. */
  changePassword(actor: Actor, input: unknown, origin: RequestOrigin): Promise<Headers>;
  updateProfile(
    actor: Actor,
    input: unknown,
  ): Promise<{ readonly id: string; readonly name: string; readonly email: string }>;
  /** The address that the actor signs in with; null for all but people. */
  emailOf(actor: Actor): Promise<string | null>;
  /** Begins a session for somebody whose identity is certain. */
  beginSession(userId: string, origin: RequestOrigin): Promise<Headers>;
  /** Where the identity provider asks who it is; a path on our side to come back to. */
  beginOidc(input: unknown, origin: RequestOrigin): Promise<{ readonly url: string; readonly headers: Headers }>;
  /** The identity provider's answer, as it comes back by the browser: a redirect to the dashboard, which says what was wrong in `error`. */
  finishOidc(search: string, origin: RequestOrigin): Promise<Response>;
}

const password = z
  .string({ error: "must be a string" })
  .min(1, "must not be empty")
  .max(PASSWORD_LENGTH_MAX, `must be at most ${PASSWORD_LENGTH_MAX} characters`)
  .refine((text) => text.isWellFormed(), NOT_WELL_FORMED);

const object = { error: "must be a JSON object" };
const signInInput = z.object({ email: emailAddress, password }, object);
const changePasswordInput = z.object({ currentPassword: password, newPassword }, object);
const updateProfileInput = z.object({ name: displayName }, object);
const OWN_PATH = /^\/(?![/\\])[\x21-\x7e]*$/;
const oidcInput = z.object({ returnTo: z.string().max(2000).regex(OWN_PATH, "must be a path of this site") }, object);

export function createAccounts(deps: {
  prisma: PrismaClient;
  library: AccountsLibrary;
  limit: SignInLimit;
  sessions: Pick<Sessions, "forget">;
  clock: Clock;
  publicUrl: string;
  trustedProxyCidrs: readonly string[];
}): Accounts {
  const { prisma, library, limit, sessions, clock, publicUrl, trustedProxyCidrs } = deps;
  const headersOf = (origin: RequestOrigin): Headers => libraryHeaders(origin, trustedProxyCidrs);

  async function findByPassword(email: string, text: string): Promise<string | null> {
    const hasher = (await library.$context).password;
    const account = await prisma.account.findFirst({
      where: { providerId: "credential", user: { email } },
      select: { userId: true, password: true },
    });
    if (account?.password == null) {
      // As dear as looking at a password would be.
      await hasher.hash(text);
      return null;
    }
    return (await hasher.verify({ hash: account.password, password: text })) ? account.userId : null;
  }

  /** Runs a check of a password behind the limit. Null when it fails. */
  async function limited<T>(email: string, origin: RequestOrigin, check: () => Promise<T | null>): Promise<T | null> {
    const attempt = { email, ipAddress: clientAddress(origin, trustedProxyCidrs) };
    const closedForSeconds = await limit.begin(attempt);
    const result = await check();
    if (result !== null) await limit.succeed(attempt);
    else if (closedForSeconds > 0) await auditClosing(attempt, closedForSeconds);
    return result;
  }

  /** Only for accounts that exist: what else is typed here is nobody's business. */
  async function auditClosing(attempt: { email: string; ipAddress: string }, seconds: number): Promise<void> {
    const user = await prisma.user.findUnique({ where: { email: attempt.email }, select: { id: true } });
    if (user === null) return;
    await prisma.auditLogEntry.create(
      auditEntry(SYSTEM, clock.now(), {
        organizationId: null,
        action: "user.sign_in_blocked",
        targetId: user.id,
        details: { seconds, ipAddress: attempt.ipAddress },
      }),
    );
  }

  const accounts: Accounts = {
    async signIn(input, origin) {
      const value = parseInput(signInInput, input);
      const userId = await limited(value.email, origin, () => findByPassword(value.email, value.password));
      return userId === null ? null : await accounts.beginSession(userId, origin);
    },

    async beginSession(userId, origin) {
      // A session of this browser that is going on is not carried over.
      if (origin.cookie !== null) await library.api.signOut({ headers: headersOf(origin) });
      sessions.forget();
      const { headers } = await library.api.startSession({
        body: { userId },
        headers: headersOf(origin),
        returnHeaders: true,
      });
      return headers;
    },

    async signOut(actor, origin) {
      const { headers } = await library.api.signOut({ headers: headersOf(origin), returnHeaders: true });
      sessions.forget();
      await prisma.auditLogEntry.createMany({
        data: accountEntries(actor, clock.now(), { action: "user.signed_out" }),
      });
      return headers;
    },

    async changePassword(actor, input, origin) {
      const value = parseInput(changePasswordInput, input);
      const email = (await accounts.emailOf(actor)) ?? "";
      const headers = await limited(email, origin, async () => {
        const body = { ...value, revokeOtherSessions: true };
        try {
          return (await library.api.changePassword({ body, headers: headersOf(origin), returnHeaders: true })).headers;
        } catch (error) {
          const code = isAPIError(error) ? error.body?.code : null;
          if (code === "INVALID_PASSWORD") return null;
          if (code === "CREDENTIAL_ACCOUNT_NOT_FOUND")
            throw new ForbiddenError("You sign in without a password.", "NO_PASSWORD");
          throw error;
        }
      });
      if (headers === null) {
        throw new InvalidInputError([
          { field: "currentPassword", message: "is not your password", reason: "WRONG_PASSWORD" },
        ]);
      }
      sessions.forget();
      await prisma.auditLogEntry.createMany({
        data: accountEntries(actor, clock.now(), { action: "user.password_changed" }),
      });
      return headers;
    },

    async updateProfile(actor, input) {
      if (actor.kind !== "user") throw new ForbiddenError("Only a person has a profile.", "PEOPLE_ONLY");
      const data = parseInput(updateProfileInput, input);
      const [user] = await prisma.$transaction([
        prisma.user.update({
          where: { id: actor.id },
          data: { ...data, updatedAt: new Date(clock.now()) },
          select: { id: true, name: true, email: true },
        }),
        prisma.auditLogEntry.createMany({ data: accountEntries(actor, clock.now(), { action: "user.updated" }) }),
      ]);
      sessions.forget();
      return user;
    },

    async emailOf({ kind, id }) {
      if (kind !== "user") return null;
      return (await prisma.user.findUniqueOrThrow({ where: { id }, select: { email: true } })).email;
    },

    async beginOidc(input, origin) {
      const { returnTo } = parseInput(oidcInput, input);
      const body = {
        provider: OIDC_PROVIDER_ID,
        callbackURL: returnTo,
        errorCallbackURL: returnTo,
        disableRedirect: true,
      };
      try {
        const answer = await library.api.signInSocial({ body, headers: headersOf(origin), returnHeaders: true });
        return { url: answer.response.url as string, headers: answer.headers };
      } catch (error) {
        if (isAPIError(error)) throw new UnavailableError("The identity provider cannot be reached.");
        throw error;
      }
    },

    finishOidc(search, origin) {
      const url = new URL(`${AUTH_PATH}/callback/${OIDC_PROVIDER_ID}${search}`, publicUrl);
      return library.handler(new Request(url, { headers: headersOf(origin) }));
    },
  };
  return accounts;
}
