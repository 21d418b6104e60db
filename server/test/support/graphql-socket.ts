import { WebSocket } from "ws";
import { OPERATOR_KEY, type TestService } from "./test-service.ts";

export interface SocketMessage {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A raw WebSocket that speaks the graphql-transport-ws protocol only as far as a test tells it to. */
export interface GraphQLSocket {
  /** Objects are sent as JSON. */
  send(message: object | string): void;
  /** `connection_init` with the key; resolves at the acknowledgement. */
  init(key?: string): Promise<void>;
  /** The same for a socket whose upgrade request had a session's cookie. */
  initWithoutKey(): Promise<void>;
  /** The oldest message that was not handed out yet. @throws when none comes. */
  next(timeoutMs?: number): Promise<SocketMessage>;
  /** Resolves when the server has closed the socket. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly isOpen: boolean;
  /** Cuts the connection without a goodbye. */
  cut(): void;
}

export async function openGraphQLSocket(
  { origin }: Pick<TestService, "origin">,
  options: { readonly protocol?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<GraphQLSocket> {
  const { protocol = "graphql-transport-ws", headers = {} } = options;
  const socket = new WebSocket(`${origin.replace("http", "ws")}/graphql`, protocol, { headers });
  const messages: SocketMessage[] = [];
  let wake = (): void => {};
  socket.on("message", (data) => {
    messages.push(JSON.parse(String(data)));
    wake();
  });
  socket.on("error", () => {});
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("close", (code) => reject(new Error(`The socket was closed at once: ${code}.`)));
    socket.once("unexpected-response", (_request, response) =>
      reject(new Error(`The upgrade was refused: ${response.statusCode}.`)),
    );
  });

  async function acknowledged(): Promise<void> {
    const answer = await connection.next();
    if (answer.type !== "connection_ack") throw new Error(`Not acknowledged: ${JSON.stringify(answer)}`);
  }

  const connection: GraphQLSocket = {
    send: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    async init(key = OPERATOR_KEY) {
      connection.send({ type: "connection_init", payload: { authorization: `Bearer ${key}` } });
      await acknowledged();
    },
    async initWithoutKey() {
      connection.send({ type: "connection_init" });
      await acknowledged();
    },
    async next(timeoutMs = 10_000) {
      const until = performance.now() + timeoutMs;
      for (;;) {
        const message = messages.shift();
        if (message !== undefined) return message;
        const left = until - performance.now();
        if (left <= 0) throw new Error(`No message arrived within ${timeoutMs} ms.`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    closed,
    get isOpen() {
      return socket.readyState === WebSocket.OPEN;
    },
    cut: () => socket.terminate(),
  };
  return connection;
}
