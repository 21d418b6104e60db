import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import type { Accounts } from "../access/accounts.ts";
import { OIDC_PROVIDER_ID } from "../access/accounts-library.ts";
import type { Actor } from "../access/actor.ts";
import type { Authenticator } from "../access/authenticate.ts";
import type { Invitations } from "../access/invitations.ts";
import type { RequestOrigin } from "../access/request-origin.ts";
import { problem } from "../rest/problem.ts";
import { isJson, readJson } from "../rest/read-json.ts";
import { requestCredential } from "./request-credential.ts";
import { isSameOrigin } from "./same-origin.ts";

export interface AccountRoutesDeps {
  readonly accounts: Accounts;
  readonly invitations: Invitations;
  readonly authenticator: Authenticator;
  readonly publicUrl: string;
  /** What the identity provider is called; null when there is none. */
  readonly oidcName: string | null;
}

type Env = { Bindings: HttpBindings };

/** What the dashboard's pages call before and around a session: all that is served below `/api/auth`. */
export function createAccountRoutes(deps: AccountRoutesDeps): Hono<Env> {
  const { accounts, invitations, publicUrl } = deps;
  const routes = new Hono<Env>();

  routes.use(async (context, next) => {
    if (context.req.method !== "GET" && !isSameOrigin(context.env.incoming.headers, publicUrl)) {
      return problem(context, 403, "FORBIDDEN", "Only pages of this site may do this.");
    }
    await next();
    return context.header("cache-control", "no-store");
  });

  routes.get("/options", (context) => context.json({ oidc: deps.oidcName === null ? null : { name: deps.oidcName } }));

  routes.post("/session", async (context) => {
    const actor = await signedIn(context);
    if (actor === null) return context.json({ user: null });
    return context.json({ user: { id: actor.id, name: actor.name, email: await accounts.emailOf(actor) } });
  });

  routes.post("/sign-in", async (context) => {
    const headers = await accounts.signIn(await body(context), originOf(context));
    if (headers !== null) return done(headers);
    return problem(context, 401, "INVALID_CREDENTIALS", "The e-mail address or the password is wrong.");
  });

  routes.post("/sign-out", async (context) => {
    const actor = await signedIn(context);
    return actor === null ? done() : done(await accounts.signOut(actor, originOf(context)));
  });

  routes.post("/change-password", async (context) => {
    const actor = await signedIn(context);
    if (actor === null) return unauthenticated(context);
    const input = renamed(await body(context), { current_password: "currentPassword", new_password: "newPassword" });
    return done(await accounts.changePassword(actor, input, originOf(context)));
  });

  routes.post("/invitation", async (context) => {
    const { organizationName, expiresAt, hasAccount, ...rest } = await invitations.find(await body(context));
    return context.json({
      invitation: {
        organization_name: organizationName,
        ...rest,
        expires_at: expiresAt,
        has_account: hasAccount,
      },
    });
  });

  routes.post("/invitation/accept", async (context) => {
    const actor = await signedIn(context);
    const input = await body(context);
    if (actor !== null) {
      await invitations.accept(actor, input);
      return done();
    }
    const { userId } = await invitations.acceptAsNewPerson(input);
    return done(await accounts.beginSession(userId, originOf(context)));
  });

  if (deps.oidcName !== null) {
    routes.post("/sign-in/oidc", async (context) => {
      const input = renamed(await body(context), { return_to: "returnTo" });
      const { url, headers } = await accounts.beginOidc(input, originOf(context));
      return context.json({ url }, 200, Object.fromEntries([["set-cookie", headers.getSetCookie()]]));
    });
    routes.get(`/callback/${OIDC_PROVIDER_ID}`, (context) =>
      accounts.finishOidc(new URL(context.req.url).search, originOf(context)),
    );
  }

  routes.all("*", (context) => problem(context, 404, "NOT_FOUND", "There is no such resource."));
  return routes;

  /** The person whose session the request has; null without one. */
  async function signedIn(context: Context<Env>): Promise<Actor | null> {
    const credential = requestCredential(context.env.incoming, publicUrl);
    return credential?.kind === "cookies" ? await deps.authenticator.authenticate(credential) : null;
  }
}

async function body(context: Context): Promise<unknown> {
  return isJson(context.req.header("content-type")) ? await readJson(context.req) : undefined;
}

/** The use-case's names of a body's fields. */
function renamed(input: unknown, names: Readonly<Record<string, string>>): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [names[name] ?? name, value]));
}

function originOf({ env: { incoming } }: Context<Env>): RequestOrigin {
  const { headers, socket } = incoming;
  const forwardedFor = headers["x-forwarded-for"];
  return {
    cookie: headers.cookie ?? null,
    userAgent: headers["user-agent"] ?? null,
    remoteAddress: socket.remoteAddress ?? "unknown",
    forwardedFor: Array.isArray(forwardedFor) ? forwardedFor.join(", ") : (forwardedFor ?? null),
  };
}

/** Nothing to say but what the cookies are now. */
function done(from?: Headers): Response {
  const headers = new Headers();
  for (const cookie of from?.getSetCookie() ?? []) headers.append("set-cookie", cookie);
  return new Response(null, { status: 204, headers });
}

function unauthenticated(context: Context): Response {
  return problem(context, 401, "UNAUTHENTICATED", "Sign in first.");
}
