import { type Context, Hono, type MiddlewareHandler } from "hono";
import type { Actor } from "../access/actor.ts";
import { bearerToken } from "../access/bearer-token.ts";
import { parseInput } from "../domain/parse-input.ts";
import type { ApiServices } from "../graphql/context.ts";
import type { AnswerError } from "./answer-error.ts";
import { eventOperations } from "./events.ts";
import { logOperations } from "./logs.ts";
import { createOpenApiDocument, OPENAPI_PATH } from "./openapi.ts";
import type { CronOperation, Operation } from "./operation.ts";
import { previewOperations } from "./preview.ts";
import { noSuchResource, problem, unauthenticated } from "./problem.ts";
import { isJson, readJson } from "./read-json.ts";
import { requestTemplateOperations } from "./request-templates.ts";
import { requireCronSecret } from "./require-cron-secret.ts";
import { retryPassOperations } from "./retry-pass.ts";
import { webhookTemplateOperations } from "./webhook-templates.ts";
import { webhookOperations } from "./webhooks.ts";

export interface RestDeps {
  readonly services: ApiServices;
  readonly answerError: AnswerError;
  /** Null: there is no call for crons. */
  readonly cronSecret: string | null;
}

interface RestEnv {
  Variables: { actor: Actor };
}
type RestContext = Context<RestEnv>;

const OPERATIONS: readonly (Operation | CronOperation)[] = [
  ...webhookOperations,
  ...webhookTemplateOperations,
  ...previewOperations,
  ...requestTemplateOperations,
  ...logOperations,
  ...retryPassOperations,
  ...eventOperations,
];
const UNAUTHENTICATED = "A valid API key is required: Authorization: Bearer <key>.";

/** The REST façade: everything under `/api/`. It only translates; use-cases do the work. */
export function createRestApi(deps: RestDeps): Hono<RestEnv> {
  const { services, cronSecret } = deps;
  const rest = new Hono<RestEnv>();
  const requireApiKey = createRequireApiKey(services);

  rest.use("/api/*", async (context, next) => {
    await next();
    context.header("cache-control", "no-store");
  });

  const document = JSON.stringify(createOpenApiDocument(OPERATIONS, services.version));
  rest.get(OPENAPI_PATH, (context) => context.body(document, 200, { "content-type": "application/json" }));
  rest.all(OPENAPI_PATH, (context) => methodNotAllowed(context, ["get"]));

  for (const [path, operations] of byPath(OPERATIONS)) {
    rest.use(path, operations.some(({ scope }) => scope === null) ? requireCronSecret(cronSecret) : requireApiKey);
    for (const operation of operations) rest.on(operation.method.toUpperCase(), path, createHandler(operation, deps));
    rest.all(path, (context) =>
      methodNotAllowed(
        context,
        operations.map(({ method }) => method),
      ),
    );
  }

  rest.use("/api/*", requireApiKey);
  rest.all("/api/*", noSuchResource);
  return rest;
}

/** In the router's spelling; fixed paths first, so that `{id}` does not swallow them. */
function byPath<T extends { readonly path: string }>(operations: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const fixedFirst = operations.toSorted((a, b) => Number(a.path.includes("{")) - Number(b.path.includes("{")));
  return Map.groupBy(fixedFirst, ({ path }) => path.replace("{id}", ":id"));
}

function createRequireApiKey({ useCases }: ApiServices): MiddlewareHandler<RestEnv> {
  return async (context, next) => {
    const token = bearerToken(context.req.header("authorization"));
    const actor = token === null ? null : await useCases.apiKeys.authenticate(token);
    if (actor === null) return unauthenticated(context, UNAUTHENTICATED);
    context.set("actor", actor);
    return await next();
  };
}

function createHandler(operation: Operation | CronOperation, { services, answerError }: RestDeps) {
  return async (context: RestContext): Promise<Response> => {
    if (operation.scope === null) return context.json((await operation.handle(services)) as object);
    const { req } = context;
    if (operation.body !== undefined && !isJson(req.header("content-type"))) {
      return problem(context, 415, "UNSUPPORTED_MEDIA_TYPE", "The body must be JSON: Content-Type: application/json.");
    }
    try {
      const answer = await operation.handle({
        services,
        actor: context.var.actor,
        id: req.param("id") ?? "",
        query: operation.query === undefined ? undefined : parseInput(operation.query, req.query()),
        body: operation.body === undefined ? undefined : await readJson(req),
      });
      if (operation.location !== undefined) context.header("location", operation.location(answer));
      return context.json(answer as object, operation.answer.status);
    } catch (error) {
      return answerError(context, error, operation.fieldNames);
    }
  };
}

/** RFC 9110, 15.5.6: the answer says which methods there are. */
function methodNotAllowed(context: Context, methods: readonly string[]): Response {
  const allowed = methods.flatMap((method) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()])).join(", ");
  return problem(context, 405, "METHOD_NOT_ALLOWED", `Possible here: ${allowed}.`, {}, { allow: allowed });
}
