import type { Server } from "node:http";
import { type ExecutionArgs, GraphQLError } from "graphql";
import { CloseCode } from "graphql-ws";
import { useServer } from "graphql-ws/use/ws";
import { type ServerOptions, WebSocket, WebSocketServer } from "ws";
import type { Actor } from "../access/actor.ts";
import { type Authenticator, type Credential, credentialOf } from "../access/authenticate.ts";
import { requestCredential } from "../http/request-credential.ts";
import { isHijacking } from "../http/same-origin.ts";
import type { OpenConnections } from "./open-connections.ts";
import type { FindDocument } from "./persisted-documents.ts";
import { GRAPHQL_PATH, type GraphQLServer } from "./yoga.ts";

const INIT_TIMEOUT_MS = 3000;
const PING_INTERVAL_MS = 15_000;
/** How often open sockets have their credential checked again. */
const CREDENTIAL_CHECK_MS = 1000;
/** What the credential allows has changed: connect again. */
const ACCESS_CHANGED = 4001;
const MESSAGE_BYTES_MAX = 64 * 1024;
const OPERATIONS_PER_SOCKET_MAX = 20;
/** Answers that wait for a client to read them. What it asks for beyond ends its socket. */
const UNREAD_BYTES_MAX = 4 * 1024 * 1024;
/** For the closing handshake; a client that does not read does not answer it either. */
const CLOSE_TIMEOUT_MS = 5000;

/** The code of graphql-ws for too many of something: it has no other that asks the client to slow down. */
const TOO_MANY = CloseCode.TooManyInitialisationRequests;

type EnvelopedArgs = ExecutionArgs & {
  readonly rootValue: Pick<ReturnType<GraphQLServer["getEnveloped"]>, "execute" | "subscribe">;
};

export interface GraphQLSocketDeps {
  readonly server: Server;
  readonly yoga: GraphQLServer;
  readonly authenticator: Authenticator;
  /** Origin as people reach the service. */
  readonly publicUrl: string;
  readonly connections: OpenConnections;
  readonly findDocument: FindDocument;
}

interface Connected {
  readonly credential: Credential;
  readonly actor: Actor;
}

/**
 * GraphQL over WebSocket (the graphql-transport-ws protocol). The credential comes in `connection_init` as `authorization: "Bearer …"`, or as the cookie of
 * a session with the upgrade request. Without a valid one, or soon after it ends, the socket is closed with 4403. All close codes are in `docs/guide/graphql-subscriptions.md`.
 * Resolves when all sockets are closed.
 */
export function attachGraphQLSocket(deps: GraphQLSocketDeps): () => Promise<void> {
  const { server, yoga, authenticator, publicUrl, connections, findDocument } = deps;
  // The types do not know `closeTimeout` yet.
  const options: ServerOptions & { closeTimeout: number } = {
    server,
    path: GRAPHQL_PATH,
    maxPayload: MESSAGE_BYTES_MAX,
    closeTimeout: CLOSE_TIMEOUT_MS,
    verifyClient: ({ req }, answer) => (isHijacking(req, publicUrl) ? answer(false, 403) : answer(true)),
  };
  const sockets = new WebSocketServer(options);
  sockets.on("connection", (socket) => {
    socket.on("message", () => {
      if (socket.bufferedAmount > UNREAD_BYTES_MAX) socket.close(TOO_MANY, "Too many unread answers");
    });
  });
  const connected = new Map<WebSocket, Connected>();

  async function checkCredential(socket: WebSocket, { credential, actor }: Connected): Promise<void> {
    const standing = await authenticator.standing(credential, actor);
    if (standing === "ended") socket.close(CloseCode.Forbidden, "Forbidden");
    else if (standing === "changed") socket.close(ACCESS_CHANGED, "Access changed");
  }
  const credentialCheck = setInterval(() => {
    // How a credential stands is not known while the database is away: its socket stays.
    for (const [socket, known] of connected) checkCredential(socket, known).catch(() => {});
  }, CREDENTIAL_CHECK_MS);

  const disposable = useServer<Record<string, unknown>, { actor: Actor }>(
    {
      // Reasons of closed sockets never tell about internals, whatever NODE_ENV is.
      isProd: true,
      connectionInitWaitTimeout: INIT_TIMEOUT_MS,
      execute: (args) => (args as EnvelopedArgs).rootValue.execute(args),
      subscribe: (args) => (args as EnvelopedArgs).rootValue.subscribe(args),
      async onConnect({ connectionParams, extra }) {
        const given = connectionParams?.["authorization"] ?? connectionParams?.["Authorization"];
        const credential =
          given === undefined ? requestCredential(extra.request, publicUrl) : credentialOf(String(given), null);
        try {
          const actor = credential && (await authenticator.authenticate(credential));
          if (credential === null || actor === null || extra.socket.readyState !== WebSocket.OPEN) return false;
          const giveBack = connections.take(actor);
          if (giveBack === null) {
            extra.socket.close(TOO_MANY, "Too many connections");
            return false;
          }
          extra.actor = actor;
          connected.set(extra.socket, { credential, actor });
          extra.socket.once("close", () => {
            connected.delete(extra.socket);
            giveBack();
          });
          return true;
        } catch {
          extra.socket.close(CloseCode.InternalServerError, "Unavailable");
          return false;
        }
      },
      async onSubscribe({ extra, subscriptions }, _id, params) {
        if (Object.keys(subscriptions).length > OPERATIONS_PER_SOCKET_MAX) {
          const message = `A socket may run at most ${OPERATIONS_PER_SOCKET_MAX} operations at a time.`;
          return [new GraphQLError(message, { extensions: { code: "TOO_MANY_OPERATIONS" } })];
        }
        const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
          actor: extra.actor as Actor,
          params,
        });
        try {
          const document = parse(findDocument(params, extra.actor as Actor) ?? "");
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
        } catch (error) {
          // A document that cannot be parsed ends its operation, not the socket and everything else on it.
          if (error instanceof GraphQLError) return [error];
          throw error;
        }
      },
    },
    sockets,
    PING_INTERVAL_MS,
  );
  sockets.on("connection", (socket) => {
    // A frame that breaks the protocol closes its socket by itself; graphql-ws would print the stack besides.
    socket.removeAllListeners("error").on("error", () => {});
  });
  return async () => {
    clearInterval(credentialCheck);
    await disposable.dispose();
  };
}
