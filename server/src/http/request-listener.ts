import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { Authenticator, Credential } from "../access/authenticate.ts";
import { asDomainError } from "../as-domain-error.ts";
import type { DomainError } from "../domain/errors.ts";
import { asksForEventStream } from "../graphql/event-stream.ts";
import { GRAPHQL_PATH, type GraphQLServer } from "../graphql/yoga.ts";
import { BODY_BYTES_MAX } from "./body-bytes-max.ts";
import { requestCredential } from "./request-credential.ts";

export interface RequestListenerDeps {
  // biome-ignore lint/suspicious/noExplicitAny: the listener does not care what the app keeps per request
  readonly app: Hono<any>;
  readonly yoga: GraphQLServer;
  readonly authenticator: Pick<Authenticator, "authenticate">;
  /** Origin as people reach the service. */
  readonly publicUrl: string;
}

/**
 * Hands requests to the app. GraphQL calls with a credential and a known length, which is nearly all of them, go to Yoga as Node received them: building a web
 * Request with a body stream around each call would cost as much as executing it.
 */
export function createRequestListener({ app, yoga, authenticator, publicUrl }: RequestListenerDeps): RequestListener {
  const throughApp = getRequestListener(app.fetch, { overrideGlobalObjects: false });

  async function answerGraphQL(
    request: IncomingMessage,
    response: ServerResponse,
    credential: Credential,
  ): Promise<void> {
    try {
      const actor = await authenticator.authenticate(credential);
      // What is wrong with a credential, the app says in its own words.
      await (actor === null ? throughApp(request, response) : yoga(request, response, { actor }));
    } catch (error) {
      const refusal = asDomainError(error);
      if (refusal === null) await throughApp(request, response);
      else answerUnavailable(response, refusal);
    }
  }

  return (request, response) => {
    const credential = isPlainGraphQLCall(request) ? requestCredential(request, publicUrl) : null;
    if (credential === null) void throughApp(request, response);
    else void answerGraphQL(request, response, credential);
  };
}

/** Not one that asks for server-sent events: those end with their credential, which the app sees to. */
function isPlainGraphQLCall({ method, url, headers }: IncomingMessage): boolean {
  return (
    method === "POST" &&
    url === GRAPHQL_PATH &&
    Number(headers["content-length"] ?? Number.NaN) <= BODY_BYTES_MAX &&
    !asksForEventStream(headers.accept)
  );
}

function answerUnavailable(response: ServerResponse, { code, message }: DomainError): void {
  response.writeHead(503, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
