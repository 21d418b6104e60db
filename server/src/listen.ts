import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A bound HTTP server, and how this process reaches it. Until the service takes over it answers 503. */
export interface Listening {
  readonly server: Server;
  readonly port: number;
  readonly origin: string;
}

/**
 * Binds the port. Without a wish, a usual port that another service uses is no obstacle: a free one is taken.
 * @throws the system's error (EADDRINUSE, EACCES, EADDRNOTAVAIL) when a wished-for port cannot be bound.
 */
export async function listen(host: string, port: number, isWished: boolean): Promise<Listening> {
  const server = createServer(
    { requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 },
    (_request, response) => {
      response.writeHead(503, { "content-type": "text/plain", "retry-after": "1" }).end("Starting.\n");
    },
  );
  await bind(server, host, port).catch((error: NodeJS.ErrnoException) => {
    if (isWished || error.code !== "EADDRINUSE") throw error;
    return bind(server, host, 0);
  });
  const address = server.address() as AddressInfo;
  const reachable = address.address === "0.0.0.0" ? "127.0.0.1" : address.address === "::" ? "::1" : address.address;
  const origin = `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${address.port}`;
  return { server, port: address.port, origin };
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
