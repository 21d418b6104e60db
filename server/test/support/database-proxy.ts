import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A TCP proxy before PostgreSQL that breaks connections at the worst moment. */
export interface DatabaseProxy {
  /** Connection URL through the proxy. */
  readonly url: string;
  /**
   * Lets the next statement with this text in its messages (a prepared statement's name, or `COMMIT`) run to its end, but cuts the connection
   * instead of passing its answer on. Resolves when that has happened.
   */
  loseAnswerTo(text: string): Promise<void>;
  /** Lets nothing through in either direction until `resume`, as a network that is cut would. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

interface Loss {
  readonly text: Buffer;
  readonly done: () => void;
}

export async function startDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const losses = new Set<Loss>();
  const sockets = new Set<Socket>();
  let isPaused = false;

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    let loss: Loss | undefined;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      if (isPaused) socket.pause();
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (chunk: Buffer) => {
      loss ??= [...losses].find(({ text }) => chunk.includes(text));
      if (loss !== undefined) losses.delete(loss);
      upstream.write(chunk);
    });
    upstream.on("data", (chunk: Buffer) => {
      if (loss === undefined) return void client.write(chunk);
      if (!endsWithReadyForQuery(chunk)) return;
      client.destroy();
      loss.done();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${(server.address() as AddressInfo).port}` }).href,
    loseAnswerTo: (text) => new Promise((done) => losses.add({ text: Buffer.from(`${text}\0`), done })),
    pause() {
      isPaused = true;
      for (const socket of sockets) socket.pause();
    },
    resume() {
      isPaused = false;
      for (const socket of sockets) socket.resume();
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}

/** The server says that it waits for the next statement: what it was told before is committed. */
function endsWithReadyForQuery(chunk: Buffer): boolean {
  return chunk.length >= 6 && chunk.readUInt8(chunk.length - 6) === 0x5a && chunk.readUInt32BE(chunk.length - 5) === 5;
}
