import type { HttpBindings } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Registry } from "prom-client";
import { AUTH_PATH } from "../access/accounts-library.ts";
import { credentialOf } from "../access/authenticate.ts";
import type { Access } from "../access/create-access.ts";
import { answerWithin } from "../answer-within.ts";
import type { ApiServices } from "../graphql/context.ts";
import { asksForEventStream } from "../graphql/event-stream.ts";
import type { OpenConnections } from "../graphql/open-connections.ts";
import { GRAPHQL_PATH, type GraphQLServer } from "../graphql/yoga.ts";
import type { Logger } from "../logger.ts";
import { RECEIVER_PATH } from "../receiver/receiver-url.ts";
import { createAnswerError } from "../rest/answer-error.ts";
import { problem } from "../rest/problem.ts";
import { createRestApi } from "../rest/routes.ts";
import { createAccountRoutes } from "./account-routes.ts";
import { endingWithCredential } from "./ending-with-credential.ts";
import { limitBody } from "./limit-body.ts";
import { createReceiverRoutes } from "./receiver-routes.ts";
import { requestCredential } from "./request-credential.ts";

export interface AppDeps {
  readonly services: ApiServices;
  readonly access: Access;
  /** What the identity provider is called; null when there is none. */
  readonly oidcName: string | null;
  readonly yoga: GraphQLServer;
  readonly connections: OpenConnections;
  readonly metrics: Registry;
  /** Rejects or answers false when the process should get no traffic. */
  readonly isReady: () => Promise<boolean>;
  /** Folder of the built dashboard. */
  readonly dashboardDir: string;
  /** Opens `/api/webhooks/retry`; null: that path does not exist. */
  readonly cronSecret: string | null;
  readonly isProduction: boolean;
  readonly logger: Logger;
}

type Env = { Bindings: HttpBindings };

const READY_MS_MAX = 3000;
const UNAUTHENTICATED = "A valid API key (Authorization: Bearer <key>) or a session of the dashboard is required.";
const TOO_MANY_CONNECTIONS = {
  message: "Too many connections are open with this credential.",
  extensions: { code: "TOO_MANY_CONNECTIONS" },
};

/** Everything that is served over HTTP. Without a credential: the dashboard's files, signing in, health, metrics, the test receiver and, outside of production, GraphiQL's page. */
export function createApp(deps: AppDeps): Hono<Env> {
  const { services, logger } = deps;
  const { authenticator, publicUrl } = deps.access;
  const app = new Hono<Env>();

  const answerError = createAnswerError({ clock: services.clock, logger });
  app.onError((error, context) => answerError(context, error));
  app.use(limitBody);

  app.get("/healthz", (context) => context.json({ status: "ok" }));
  app.get("/readyz", async (context) => {
    const isReady = await answerWithin(READY_MS_MAX, deps.isReady()).catch(() => false);
    return context.json({ status: isReady ? "ready" : "unavailable" }, isReady ? 200 : 503);
  });
  app.get("/metrics", async (context) =>
    context.text(await deps.metrics.metrics(), 200, { "content-type": deps.metrics.contentType }),
  );

  app.route(RECEIVER_PATH, createReceiverRoutes(services.useCases.testReceivers));

  app.all(GRAPHQL_PATH, async (context) => {
    const isPage =
      context.req.method === "GET" &&
      !context.req.query("query") &&
      (context.req.header("accept") ?? "").includes("text/html");
    if (isPage && !deps.isProduction) return deps.yoga.fetch(context.req.raw, {} as never);
    const { authorization, cookie } = context.env.incoming.headers;
    // The page itself does nothing: it may be reached by a link from anywhere.
    const credential = isPage
      ? credentialOf(authorization, cookie)
      : requestCredential(context.env.incoming, publicUrl);
    const actor = credential && (await authenticator.authenticate(credential));
    if (credential === null || actor === null) {
      return context.json({ errors: [{ message: UNAUTHENTICATED, extensions: { code: "UNAUTHENTICATED" } }] }, 401);
    }
    if (!asksForEventStream(context.req.header("accept"))) return deps.yoga.fetch(context.req.raw, { actor });
    const giveBack = deps.connections.take(actor);
    if (giveBack === null) return context.json({ errors: [TOO_MANY_CONNECTIONS] }, 429);
    return endingWithCredential(await deps.yoga.fetch(context.req.raw, { actor }), {
      isUnchanged: async () => (await authenticator.standing(credential, actor)) === "unchanged",
      onEnd: giveBack,
    });
  });

  app.route(AUTH_PATH, createAccountRoutes({ ...deps.access, oidcName: deps.oidcName }));
  app.route("/", createRestApi({ services, answerError, cronSecret: deps.cronSecret }));

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        // Mantine writes its measurements as style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        objectSrc: ["'none'"],
      },
      strictTransportSecurity: false,
      crossOriginEmbedderPolicy: false,
    }),
  );
  app.get(
    "/assets/*",
    serveStatic({
      root: deps.dashboardDir,
      precompressed: true,
      onFound: (_path, context) => context.header("cache-control", "public, max-age=31536000, immutable"),
    }),
  );
  app.get("*", serveStatic({ root: deps.dashboardDir, precompressed: true }));
  app.get("*", serveStatic({ root: deps.dashboardDir, path: "index.html", precompressed: true }));
  app.notFound((context) => problem(context, 404, "NOT_FOUND", "There is no such page."));
  return app;
}
