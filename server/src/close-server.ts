import type { Server } from "node:http";

const GRACE_MS = 2000;

/** Takes no new connections, and ends those that do not end by themselves, as of a subscription by server-sent events. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  });
}
