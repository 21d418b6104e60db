import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import { GraphQLError } from "graphql";
import { createYoga } from "graphql-yoga";
import { asDomainError } from "../as-domain-error.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import type { Logger } from "../logger.ts";
import type { ApiServices, GraphQLContext } from "./context.ts";
import { documentLimits } from "./document-limits.ts";
import { onlyAskedForEventStreams } from "./event-stream.ts";
import { jsonBodies } from "./json-bodies.ts";
import { subscriptionLimits } from "./operation-limits.ts";
import { type FindDocument, persistedDocuments } from "./persisted-documents.ts";
import { schema } from "./schema.ts";
import { withoutSuggestions } from "./without-suggestions.ts";

export const GRAPHQL_PATH = "/graphql";

const MESSAGE_LENGTH_MAX = 1000;
const INVALID_VALUE = /^(Variable "\$\w+") got invalid value [\s\S]*? at "([\w.[\]]+)"; /;

/** What the transport knows already when an operation starts: the credential was checked there. */
export type TransportContext = Pick<GraphQLContext, "actor">;

export type GraphQLServer = ReturnType<typeof createGraphQLServer>;

export interface GraphQLServerDeps {
  readonly services: ApiServices;
  readonly findDocument: FindDocument;
  readonly isProduction: boolean;
  readonly logger: Logger;
}

export function createGraphQLServer({ services, findDocument, isProduction, logger }: GraphQLServerDeps) {
  return createYoga<TransportContext, Omit<GraphQLContext, "actor">>({
    schema,
    graphqlEndpoint: GRAPHQL_PATH,
    landingPage: false,
    renderGraphiQL,
    graphiql: {
      title: "VERA-QR Webhooks",
      headers: JSON.stringify({ Authorization: "Bearer <API key>" }, null, 2),
      defaultQuery: "query {\n  viewer { name organizations(first: 5) { edges { node { id name } } } }\n}\n",
    },
    // By default Yoga lets every web page read answers that a cookie of its visitor paid for.
    cors: false,
    multipart: false,
    // Both ways in have limited the body before; Yoga's own limit would pipe each one through another stream.
    maxRequestBodySize: false,
    batching: false,
    logging: false,
    plugins: [
      jsonBodies,
      persistedDocuments(findDocument),
      documentLimits,
      subscriptionLimits,
      onlyAskedForEventStreams,
      ...(isProduction ? [withoutSuggestions] : []),
    ],
    context: ({ actor }) => ({ services, prisma: services.prismaFor(actor) }),
    maskedErrors: { maskError: (error) => publicError(error, logger) },
  });
}

/** Refusals and GraphQL's own errors are public. Everything else is logged under an id and answered with nothing but that id. */
function publicError(error: unknown, logger: Logger): Error {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const where = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {};
  if (original instanceof GraphQLError) return shortened(error as GraphQLError);
  const refusal = asDomainError(original);
  if (refusal !== null) {
    if (refusal !== original) logger.warn({ err: original }, "graphql.unavailable");
    return new GraphQLError(refusal.message, {
      ...where,
      extensions: { code: refusal.code, problems: refusal.problems },
    });
  }
  const requestId = uuidV7(Date.now());
  logger.error({ err: original, requestId }, "graphql.unexpected_error");
  return new GraphQLError("Unexpected error.", { ...where, extensions: { code: "INTERNAL_SERVER_ERROR", requestId } });
}

/** GraphQL's and Yoga's own errors repeat what the caller sent, which may be megabytes. What is left names the field and the reason. */
function shortened(error: GraphQLError): GraphQLError {
  const parseError = error.extensions["originalError"] as
    | { readonly name: string; readonly message: string }
    | undefined;
  if (Math.max(error.message.length, parseError?.message.length ?? 0) <= MESSAGE_LENGTH_MAX) return error;
  const { nodes, source, positions, path } = error;
  return new GraphQLError(cut(error.message.replace(INVALID_VALUE, '$1 got an invalid value at "$2"; ')), {
    nodes,
    source,
    positions,
    path,
    extensions: {
      ...error.extensions,
      ...(parseError && { originalError: { name: parseError.name, message: cut(parseError.message) } }),
    },
  });
}

function cut(text: string): string {
  return text.length > MESSAGE_LENGTH_MAX ? `${text.slice(0, MESSAGE_LENGTH_MAX)}…` : text;
}
