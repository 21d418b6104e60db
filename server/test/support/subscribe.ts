import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { OPERATOR_KEY, type TestService } from "./test-service.ts";

export interface Subscription<Data> {
  /** The oldest result that was not handed out yet. @throws with the errors, when the subscription has ended, or when nothing comes. */
  next(timeoutMs?: number): Promise<Data>;
  /** Ends the subscription and closes its socket. */
  close(): Promise<void>;
}

/** A subscription by the public graphql-ws client, on a socket of its own. Resolves when the server has acknowledged the socket. */
export async function subscribe<Data>(
  { origin }: Pick<TestService, "origin">,
  query: string,
  variables: Record<string, unknown>,
  key = OPERATOR_KEY,
): Promise<Subscription<Data>> {
  const client = createClient({
    url: `${origin.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
    lazy: false,
    onNonLazyError: () => {},
  });
  await new Promise((resolve, reject) => {
    client.on("connected", resolve);
    client.on("closed", reject);
  });
  const results = client.iterate<Data>({ query, variables });
  return fromResults(results, () => client.dispose());
}

/** The same over HTTP, as server-sent events. `credential` is a key, or the headers that say who asks. */
export async function subscribeBySse<Data>(
  { origin }: Pick<TestService, "origin">,
  query: string,
  variables: Record<string, unknown>,
  credential: string | Readonly<Record<string, string>> = OPERATOR_KEY,
): Promise<Subscription<Data>> {
  const ending = new AbortController();
  const response = await fetch(`${origin}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      ...(typeof credential === "string" ? { authorization: `Bearer ${credential}` } : credential),
    },
    body: JSON.stringify({ query, variables }),
    signal: ending.signal,
  });
  if (!response.ok || response.body === null) throw new Error(`${response.status}: ${await response.text()}`);
  // Read from at once: `fetch` cancels a body that nobody reads when its response is garbage-collected.
  const results = sseResults<Data>(response.body.pipeThrough(new TextDecoderStream()));
  return fromResults(results, () => ending.abort());
}

interface Result<Data> {
  readonly data?: Data | null | undefined;
  readonly errors?: readonly unknown[] | undefined;
}

function fromResults<Data>(results: AsyncIterator<Result<Data>>, end: () => void | Promise<void>): Subscription<Data> {
  let pending: Promise<IteratorResult<Result<Data>>> | null = null;
  return {
    async next(timeoutMs = 10_000) {
      pending ??= results.next();
      const { promise: late, reject } = Promise.withResolvers<never>();
      const timer = setTimeout(() => reject(new Error(`No result arrived within ${timeoutMs} ms.`)), timeoutMs);
      try {
        const { done, value } = await Promise.race([pending, late]);
        pending = null;
        if (done === true) throw new Error("The subscription has ended.");
        if (value.errors !== undefined) throw new Error(JSON.stringify(value.errors));
        return value.data as Data;
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      await end();
      pending?.catch(() => {});
    },
  };
}

async function* sseResults<Data>(chunks: ReadableStream<string>): AsyncGenerator<Result<Data>> {
  let text = "";
  for await (const chunk of chunks) {
    text += chunk;
    const messages = text.split("\n\n");
    text = messages.pop() ?? "";
    for (const message of messages) {
      if (!message.includes("event: next")) continue;
      const data = message
        .split("\n")
        .filter((line) => line.startsWith("data: "))
        .map((line) => line.slice("data: ".length))
        .join("\n");
      yield JSON.parse(data) as Result<Data>;
    }
  }
}
