import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Webhook } from "standardwebhooks";
import { noteRunning } from "./running.ts";

/** What arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly receivedAt: Date;
}

export interface ScriptedResponse {
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
  readonly delayMs?: number;
}

/** Ways to answer one request. Called on the receiver they queue up; called on `byDefault` they hold for all others. */
export interface Script {
  respond(status: number, response?: ScriptedResponse): this;
  /** Never answers. */
  hang(): this;
  /** Cuts the connection with a TCP reset. */
  reset(): this;
  /** Closes the connection without an answer. */
  hangUp(): this;
  /** A 200 whose body comes byte by byte and never ends. */
  drip(everyMs?: number): this;
  /** Bytes that are not HTTP. */
  garbage(): this;
  /** A 200 whose body is as long as given; by default it never ends. */
  hugeBody(bytes?: number): this;
  /** Writes to the socket by itself. */
  raw(write: (socket: Socket) => void): this;
}

/** A real HTTP server on a free loopback port that answers as it is told, and keeps what it got. */
export interface Receiver extends Script {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly ReceivedRequest[];
  /** TCP connections accepted so far. */
  readonly connectionCount: number;
  readonly byDefault: Script;
  /** The oldest request that was not handed out yet; waits for one if there is none. */
  next(timeoutMs?: number): Promise<ReceivedRequest>;
  /** Checks the Standard Webhooks signature with the public library, and returns the payload. @throws when it is wrong. */
  verify(request: ReceivedRequest, secret: string): unknown;
  close(): Promise<void>;
}

type Behaviour = (response: ServerResponse, socket: Socket) => void;

export async function startReceiver(): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  const queue: Behaviour[] = [];
  const waiting: ((request: ReceivedRequest) => void)[] = [];
  let handedOut = 0;
  let connectionCount = 0;
  let fallback: Behaviour = respondWith(200, {});

  const server = createServer(async (message, response) => {
    const request = await readRequest(message).catch(() => null);
    if (request === null) return;
    requests.push(request);
    const taker = waiting.shift();
    if (taker !== undefined) {
      handedOut++;
      taker(request);
    }
    (queue.shift() ?? fallback)(response, message.socket);
  });
  server.on("connection", (socket) => {
    connectionCount++;
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const ended = noteRunning("a receiver");

  const receiver: Receiver = {
    ...script<Receiver>(
      (behaviour) => queue.push(behaviour),
      () => receiver,
    ),
    byDefault: script<Script>(
      (behaviour) => {
        fallback = behaviour;
      },
      () => receiver.byDefault,
    ),
    url: `http://127.0.0.1:${port}/hook`,
    port,
    requests,
    get connectionCount() {
      return connectionCount;
    },
    next(timeoutMs = 10_000) {
      const ready = requests[handedOut];
      if (ready !== undefined) {
        handedOut++;
        return Promise.resolve(ready);
      }
      return new Promise((resolve, reject) => {
        const take = (request: ReceivedRequest): void => {
          clearTimeout(timer);
          resolve(request);
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(take), 1);
          reject(new Error(`No request arrived within ${timeoutMs} ms.`));
        }, timeoutMs);
        waiting.push(take);
      });
    },
    verify: (request, secret) =>
      new Webhook(`whsec_${Buffer.from(secret, "utf8").toString("base64")}`).verify(request.body, {
        ...request.headers,
      }),
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve())).then(ended);
      server.closeAllConnections();
      return closed;
    },
  };
  return receiver;
}

function script<Self>(
  add: (behaviour: Behaviour) => void,
  self: () => Self,
): { [Name in keyof Script]: (...args: Parameters<Script[Name]>) => Self } {
  const added = (behaviour: Behaviour): Self => {
    add(behaviour);
    return self();
  };
  return {
    respond: (status, response = {}) => added(respondWith(status, response)),
    hang: () => added(() => {}),
    reset: () => added((_response, socket) => socket.resetAndDestroy()),
    hangUp: () => added((_response, socket) => socket.destroy()),
    drip: (everyMs = 20) => added((response) => drip(response, everyMs)),
    garbage: () =>
      added((_response, socket) =>
        socket.end(Buffer.from("\x16\x03\x01 this is not HTTP at all\r\n\r\n\0\0", "latin1")),
      ),
    hugeBody: (bytes = Number.POSITIVE_INFINITY) => added((response) => pour(response, bytes)),
    raw: (write) => added((_response, socket) => write(socket)),
  };
}

function respondWith(status: number, { headers = {}, body = "", delayMs = 0 }: ScriptedResponse): Behaviour {
  return (response) => {
    const answer = (): void => {
      response.writeHead(status, headers).end(body);
    };
    if (delayMs > 0) setTimeout(answer, delayMs);
    else answer();
  };
}

function drip(response: ServerResponse, everyMs: number): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write("."), everyMs);
  response.on("close", () => clearInterval(timer));
}

function pour(response: ServerResponse, bytes: number): void {
  const chunk = Buffer.alloc(65_536, "x");
  let left = bytes;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      const piece = left < chunk.length ? chunk.subarray(0, left) : chunk;
      left -= piece.length;
      if (!response.write(piece)) {
        response.once("drain", more);
        return;
      }
    }
    response.end();
  };
  response.writeHead(200);
  more();
}

async function readRequest(message: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return {
    method: message.method ?? "",
    path: message.url ?? "",
    headers,
    body: Buffer.concat(chunks),
    receivedAt: new Date(),
  };
}
