import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to PostgreSQL that a test can take away. */
export interface DatabaseOutage {
  /** Connection URL through here. */
  readonly url: string;
  /** Cuts all connections and refuses new ones, as when the server is down. */
  refuse(): Promise<void>;
  /** Passes nothing on any more and takes new connections without a word, as when the network is gone. */
  stall(): void;
  /** The server is back. */
  end(): Promise<void>;
  close(): Promise<void>;
}

export async function createDatabaseOutage(databaseUrl: string): Promise<DatabaseOutage> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isStalled = false;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => {
        if (!isStalled) to.write(chunk);
      });
      from.on("error", () => {});
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;

  const close = (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    return closed;
  };
  return {
    url: Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${port}` }).href,
    refuse: close,
    stall() {
      isStalled = true;
    },
    async end() {
      isStalled = false;
      await close();
      await listen(port);
    },
    close,
  };
}
