import { createClient, type Client as SocketClient } from "graphql-ws";
import type { ExecutionResult } from "urql";
import type { DocumentPayload } from "./document-payload.ts";
import { isOutdated, reloadOutdatedPage } from "./reload-outdated-page.ts";

export type ConnectionState = "connecting" | "live" | "reconnecting";

export interface Subscription {
  readonly document: DocumentPayload;
  /** Read at every (re)subscription, so a lost socket resumes from what is current then. */
  variables(): Record<string, unknown>;
  onResult(result: ExecutionResult): void;
}

export interface LiveConnection {
  /** Follows a subscription over lost sockets and server restarts until the returned function is called. */
  follow(subscription: Subscription): () => void;
  subscribe(listener: () => void): () => void;
  state(): ConnectionState;
  /** Calls the listener whenever a lost connection is back, until the returned function is called. The server also cuts it when what the person may do has changed. */
  onReconnected(listener: () => void): () => void;
  /** Ends it for good. */
  close(): void;
}

const keepAliveMs = 10_000;
const pongTimeoutMs = 5_000;
const retryDelayMsMax = 8_000;

/** One connection per session; `onUnauthenticated` is called when the server says that it has ended. */
export function createLiveConnection(onUnauthenticated: () => void): LiveConnection {
  const connectionState = createConnectionState();
  const reconnected = createListeners();
  const socket = createSocket(onUnauthenticated, connectionState, reconnected.call);
  return {
    follow: (subscription) => follow(socket, subscription, onUnauthenticated),
    subscribe: connectionState.subscribe,
    state: connectionState.get,
    onReconnected: reconnected.add,
    close: () => void socket.dispose(),
  };
}

function socketUrl(): string {
  const url = new URL("/graphql", window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

function createConnectionState() {
  let state: ConnectionState = "connecting";
  const changed = createListeners();
  return {
    get: () => state,
    set(next: ConnectionState) {
      if (next === state) return;
      state = next;
      changed.call();
    },
    subscribe: changed.add,
  };
}

function createListeners() {
  const listeners = new Set<() => void>();
  return {
    add(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    call() {
      for (const listener of listeners) listener();
    },
  };
}

function createSocket(
  onUnauthenticated: () => void,
  connectionState: ReturnType<typeof createConnectionState>,
  onReconnected: () => void,
): SocketClient {
  let pongTimeout: ReturnType<typeof setTimeout> | undefined;
  let wasLive = false;
  const lost = () => {
    clearTimeout(pongTimeout);
    connectionState.set(wasLive ? "reconnecting" : "connecting");
  };
  const socket = createClient({
    url: socketUrl(),
    keepAlive: keepAliveMs,
    connectionAckWaitTimeout: pongTimeoutMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => delayOrOnline(Math.min(250 * 2 ** retries, retryDelayMsMax) + Math.random() * 250),
    shouldRetry: (problem) => !isForbidden(problem),
    // Open on every page, so that each of them shows its state, and learns at once that the session has ended.
    lazy: false,
    // What ends it for good is handled where it closes.
    onNonLazyError: () => {},
    on: {
      connected: () => {
        connectionState.set("live");
        if (wasLive) onReconnected();
        wasLive = true;
      },
      closed: (event) => {
        lost();
        if (isForbidden(event)) onUnauthenticated();
      },
      error: lost,
      ping: (received) => {
        if (!received) pongTimeout = setTimeout(() => socket.terminate(), pongTimeoutMs);
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimeout);
      },
    },
  });
  // The browser knows at once that the network is gone; the socket would only notice at the next ping.
  window.addEventListener("offline", () => {
    if (connectionState.get() === "live") socket.terminate();
  });
  return socket;
}

function follow(socket: SocketClient, subscription: Subscription, onUnauthenticated: () => void): () => void {
  let isStopped = false;
  let failures = 0;
  let unsubscribe = () => {};
  const payload = {
    ...subscription.document,
    // graphql-ws sends the payload again on every reconnect and never replays: the getter makes it resume.
    get variables() {
      return subscription.variables();
    },
  };
  const start = () => {
    if (isStopped) return;
    unsubscribe = socket.subscribe(payload, {
      next: (result) => {
        failures = 0;
        subscription.onResult(result as ExecutionResult);
      },
      error: (problem) => {
        if (isUnauthenticated(problem)) onUnauthenticated();
        else {
          if (isOutdated(problem)) reloadOutdatedPage();
          startAgain();
        }
      },
      complete: startAgain,
    });
  };
  // A stopping server completes its subscriptions, and some close codes are final for graphql-ws, but not for us.
  const startAgain = () => {
    if (isStopped) return;
    failures += 1;
    void delayOrOnline(Math.min(500 * 2 ** failures, retryDelayMsMax)).then(start);
  };
  start();
  return () => {
    isStopped = true;
    unsubscribe();
  };
}

function delayOrOnline(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    window.addEventListener("online", done);
  });
}

function isForbidden(problem: unknown): boolean {
  const code = (problem as { code?: unknown } | null)?.code;
  return code === 4401 || code === 4403;
}

function isUnauthenticated(problem: unknown): boolean {
  if (!Array.isArray(problem)) return isForbidden(problem);
  return problem.some((error: { extensions?: { code?: unknown } }) => error.extensions?.code === "UNAUTHENTICATED");
}
