import { STATUS_CODES } from "node:http";
import { Agent, type Dispatcher } from "undici";
import type { AttemptResult } from "../domain/outcome.ts";
import type { TlsIdentity } from "../domain/receiver-login.ts";
import { requestTarget } from "../domain/request-url.ts";
import { parseRetryAfter } from "../domain/retry-after.ts";
import type { AddressGuard } from "./address-guard.ts";
import { describeFailure, type Failure } from "./describe-failure.ts";
import { createGuardedConnector } from "./guarded-connector.ts";
import { createIdentityAgents } from "./identity-agents.ts";
import { headerText, storedBody, storedHeaders } from "./stored-response.ts";

export type RequestMethod = "POST" | "PUT" | "PATCH";

export interface OutgoingRequest {
  /** Judged by the guard before every request; pass the same object again, the verdict is remembered by it. */
  readonly url: URL;
  /** Appended to the URL, percent-encoded; null if nothing is. It cannot change the host. */
  readonly path: string | null;
  readonly method: RequestMethod;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: Buffer;
  /** Time from this call to the end of the answer, waiting for a connection included. */
  readonly deadlineMs: number;
  /** What TLS connections identify themselves with; absent or null for nothing. */
  readonly identity?: TlsIdentity | null;
}

/** The only HTTP client of this service. */
export interface Sender {
  /** Resolves whatever the receiver does, at the latest at the deadline. Rejects only after `close`. */
  send(request: OutgoingRequest): Promise<AttemptResult>;
  /** Resolves when the requests under way have ended. */
  close(): Promise<void>;
}

export interface SenderOptions {
  readonly guard: AddressGuard;
  /** Further requests to the same origin wait, with their deadline running. */
  readonly connectionsPerOrigin: number;
  readonly responseBodyBytesMax?: number;
  readonly connectTimeoutMs?: number;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
}

// Idle connections end before the 5 s after which common servers (Node, Apache, uvicorn) close theirs: a request that
// crosses such a close on the wire would count as a failed attempt, as nobody knows whether it was processed.
const KEEP_ALIVE_MS = 4_000;
const KEEP_ALIVE_MAX_MS = 10_000;
/** Taken off what a receiver promises in its own `Keep-Alive` header. */
const KEEP_ALIVE_MARGIN_MS = 1_000;
const RESPONSE_HEADER_BYTES_MAX = 16_384;
const INTERIM_RESPONSES_MAX = 1_000;
const LOCATION_LENGTH_MAX = 200;

export function createSender(options: SenderOptions): Sender {
  const { guard, connectTimeoutMs = 5_000, responseBodyBytesMax = 65_536, now = () => performance.now() } = options;
  const openAgent = (identity: TlsIdentity | null): Agent =>
    new Agent({
      connect: createGuardedConnector({ guard, connectTimeoutMs, identity }),
      connections: options.connectionsPerOrigin,
      allowH2: false,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MAX_MS,
      keepAliveTimeoutThreshold: KEEP_ALIVE_MARGIN_MS,
      maxHeaderSize: RESPONSE_HEADER_BYTES_MAX,
      // The deadline covers both.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  const anonymous = openAgent(null);
  const identified = createIdentityAgents(openAgent);
  const targets = new WeakMap<URL, { readonly origin: string; readonly path: string }>();
  const settings = { now, responseBodyBytesMax };
  let isClosed = false;

  function targetOf(url: URL): { readonly origin: string; readonly path: string } {
    const known = targets.get(url);
    if (known !== undefined) return known;
    const target = { origin: url.origin, path: requestTarget(url, null) };
    targets.set(url, target);
    return target;
  }

  return {
    send(request) {
      if (isClosed) return Promise.reject(new Error("The sender is closed."));
      const verdict = guard.checkUrl(request.url);
      if (!verdict.ok) {
        return Promise.resolve(
          unanswered({ outcome: "blocked", errorCode: verdict.code, errorMessage: verdict.reason }, null),
        );
      }
      const target = targetOf(request.url);
      const path = request.path === null ? target.path : requestTarget(request.url, request.path);
      return new Promise((resolve) => {
        const { method, headers, body, deadlineMs, identity } = request;
        const agent = identity == null ? anonymous : identified.of(identity);
        agent.dispatch(
          { origin: target.origin, path, method, headers, body, blocking: false },
          new Exchange(settings, deadlineMs, resolve),
        );
      });
    },
    async close() {
      isClosed = true;
      await Promise.all([anonymous.close(), identified.close()]);
    },
  };
}

interface ExchangeSettings {
  readonly now: () => number;
  readonly responseBodyBytesMax: number;
}

/** One request and its answer, driven by undici's callbacks. Settles once; what comes later is ignored. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #settings: ExchangeSettings;
  readonly #deadlineMs: number;
  readonly #resolve: (result: AttemptResult) => void;
  readonly #startedAt: number;
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | null = null;
  #isSettled = false;
  #interimResponses = 0;
  /** 0 until the final response's headers have arrived. */
  #status = 0;
  #headers: Record<string, string | string[] | undefined> = {};
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(settings: ExchangeSettings, deadlineMs: number, resolve: (result: AttemptResult) => void) {
    this.#settings = settings;
    this.#deadlineMs = deadlineMs;
    this.#resolve = resolve;
    this.#startedAt = settings.now();
    this.#timer = setTimeout(onDeadline, deadlineMs, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Thrown, not aborted: an abort would cost the connection, which is about to be free for the next request.
    if (this.#isSettled) throw ABANDONED;
    this.#controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) {
      if (++this.#interimResponses > INTERIM_RESPONSES_MAX) this.#stop(INTERIM_RESPONSE_FLOOD);
      return;
    }
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isSettled) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    // The first byte too many proves that there is more; the rest is never read.
    if (this.#length > this.#settings.responseBodyBytesMax) this.#stop(BODY_LIMIT_REACHED);
  }

  onResponseEnd(): void {
    if (!this.#isSettled) this.#settle(this.#answered(false));
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#isSettled) return;
    // An answer that breaks off in its body has still told us its status, which is all that decides.
    if (this.#status !== 0) this.#settle(this.#answered(true));
    else this.#settle(unanswered(describeFailure(error), this.#elapsedMs()));
  }

  expire(): void {
    if (this.#isSettled) return;
    const timedOut: Failure = {
      outcome: "timedOut",
      errorCode: "TIMEOUT",
      errorMessage: `${this.#missing()} within ${this.#deadlineMs / 1000} s.`,
    };
    const hasStatus = this.#status !== 0;
    this.#settle({ ...(hasStatus ? this.#answered(true) : unanswered(timedOut, this.#elapsedMs())), ...timedOut });
    this.#controller?.abort(ABANDONED);
  }

  #missing(): string {
    if (this.#status !== 0) return `The receiver answered ${this.#status} but did not finish its answer`;
    return this.#controller === null ? "No connection to the receiver was ready" : "The receiver did not answer";
  }

  #stop(reason: Error): void {
    this.onResponseError(null, reason);
    this.#controller?.abort(reason);
  }

  #settle(result: AttemptResult): void {
    this.#isSettled = true;
    clearTimeout(this.#timer);
    this.#resolve(result);
  }

  /** Null while nothing was sent. */
  #elapsedMs(): number | null {
    return this.#controller === null ? null : Math.max(0, Math.round(this.#settings.now() - this.#startedAt));
  }

  #answered(isBodyCut: boolean): AttemptResult {
    const status = this.#status;
    const isDelivered = status < 300;
    return {
      outcome: isDelivered ? "delivered" : "rejected",
      responseStatus: status,
      responseHeaders: storedHeaders(this.#headers),
      responseBody: storedBody(this.#chunks, this.#length, this.#settings.responseBodyBytesMax),
      isResponseBodyTruncated: isBodyCut,
      responseTimeMs: this.#elapsedMs(),
      errorCode: isDelivered ? null : `HTTP_${status}`,
      errorMessage: isDelivered ? null : rejection(status, this.#headers),
      retryAfterSeconds: status === 429 || status === 503 ? retryAfter(this.#headers) : null,
    };
  }
}

const ABANDONED = new Error("The deadline has passed.");
const BODY_LIMIT_REACHED = new Error("Enough of the body was read.");
const INTERIM_RESPONSE_FLOOD = Object.assign(new Error("Too many interim responses."), {
  code: "INTERIM_RESPONSE_FLOOD",
});

function onDeadline(exchange: Exchange): void {
  exchange.expire();
}

/** The result of a request without an answer. */
export function unanswered(failure: Failure, responseTimeMs: number | null): AttemptResult {
  return {
    outcome: failure.outcome,
    responseStatus: null,
    responseHeaders: null,
    responseBody: null,
    isResponseBodyTruncated: false,
    responseTimeMs,
    errorCode: failure.errorCode,
    errorMessage: failure.errorMessage,
    retryAfterSeconds: null,
  };
}

function rejection(status: number, headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const phrase = STATUS_CODES[status];
  const answered = `The receiver answered ${status}${phrase === undefined ? "" : ` ${phrase}`}.`;
  const location = headers["location"];
  if (status >= 400 || typeof location !== "string") return answered;
  return `${answered} Redirects are not followed; it points to ${headerText(location).slice(0, LOCATION_LENGTH_MAX)}`;
}

function retryAfter(headers: Readonly<Record<string, string | string[] | undefined>>): number | null {
  const value = headers["retry-after"];
  return typeof value === "string" ? parseRetryAfter(value, Date.now()) : null;
}
