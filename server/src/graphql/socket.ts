import type { Server } from "node:http";
import type { ExecutionArgs } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import type { Actor } from "../access/actor.ts";
import type { ApiKeys } from "../access/api-keys.ts";
import { bearerToken } from "../access/bearer-token.ts";
import { GRAPHQL_PATH, type GraphQLServer } from "./yoga.ts";

const INIT_TIMEOUT_MS = 3000;
const PING_INTERVAL_MS = 15_000;
const MESSAGE_BYTES_MAX = 64 * 1024;

type EnvelopedArgs = ExecutionArgs & {
  readonly rootValue: Pick<ReturnType<GraphQLServer["getEnveloped"]>, "execute" | "subscribe">;
};

/**
 * GraphQL over WebSocket (the graphql-transport-ws protocol). The credential comes in `connection_init` as `authorization: "Bearer …"`;
 * without a valid one the socket is closed with 4403. Resolves when all sockets are closed.
 */
export function attachGraphQLSocket(
  server: Server,
  yoga: GraphQLServer,
  apiKeys: Pick<ApiKeys, "authenticate">,
): () => Promise<void> {
  const sockets = new WebSocketServer({ server, path: GRAPHQL_PATH, maxPayload: MESSAGE_BYTES_MAX });
  const disposable = useServer<Record<string, unknown>, { actor: Actor }>(
    {
      connectionInitWaitTimeout: INIT_TIMEOUT_MS,
      execute: (args) => (args as EnvelopedArgs).rootValue.execute(args),
      subscribe: (args) => (args as EnvelopedArgs).rootValue.subscribe(args),
      async onConnect({ connectionParams, extra }) {
        const token = bearerToken(
          String(connectionParams?.["authorization"] ?? connectionParams?.["Authorization"] ?? ""),
        );
        const actor = token === null ? null : await apiKeys.authenticate(token);
        if (actor === null) return false;
        extra.actor = actor;
        return true;
      },
      async onSubscribe({ extra }, _id, params) {
        const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
          actor: extra.actor as Actor,
          params,
        });
        const document = parse(params.query);
        const errors = validate(schema, document);
        if (errors.length > 0) return errors;
        return {
          schema,
          operationName: params.operationName,
          document,
          variableValues: params.variables,
          contextValue: await contextFactory(),
          rootValue: { execute, subscribe },
        };
      },
    },
    sockets,
    PING_INTERVAL_MS,
  );
  return async () => {
    await disposable.dispose();
  };
}
