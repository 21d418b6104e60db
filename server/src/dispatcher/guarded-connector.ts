import { connect as connectTcp, isIP, type Socket, type TcpNetConnectOpts } from "node:net";
import { connect as connectTls, createSecureContext, type SecureContext } from "node:tls";
import type { buildConnector } from "undici";
import type { TlsIdentity } from "../domain/receiver-login.ts";
import { type AddressGuard, BlockedAddressError } from "./address-guard.ts";

/** No TCP and TLS connection within the time allowed for it. */
export class ConnectTimeoutError extends Error {
  readonly code = "CONNECT_TIMEOUT";
}

const TLS_SESSIONS_MAX = 1_000;
const TCP_KEEP_ALIVE_MS = 60_000;

/**
 * Opens the connections that requests are sent over. The address is judged three times, because each check has a gap:
 * literals never reach `lookup`, names are judged by `lookup`, and the peer's address is what counts in the end.
 */
export function createGuardedConnector(options: {
  readonly guard: AddressGuard;
  /** For DNS, TCP and TLS together. */
  readonly connectTimeoutMs: number;
  /** What TLS connections identify themselves with; null for nothing. */
  readonly identity: TlsIdentity | null;
}): buildConnector.connector {
  const { guard, connectTimeoutMs, identity } = options;
  const sessions = createSessionCache();
  let secureContext: SecureContext | null = null;

  /** Made at the first connection: a key that OpenSSL does not like fails the request, not the process. */
  function contextOf(own: TlsIdentity | null): SecureContext | null {
    if (own !== null) secureContext ??= createSecureContext({ cert: own.certificate, key: own.privateKey });
    return secureContext;
  }

  return ({ hostname, port: portText, protocol }, callback) => {
    const isTls = protocol === "https:";
    const port = portText === "" ? (isTls ? 443 : 80) : Number(portText);
    const { lookup, isAllowed } = guard.connectionRules(hostname, port);
    if (isIP(hostname) !== 0 && !isAllowed(hostname)) {
      process.nextTick(callback, new BlockedAddressError(), null);
      return;
    }
    const target: Target = {
      host: hostname,
      port,
      lookup,
      autoSelectFamily: true,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEP_ALIVE_MS,
    };
    let socket: Socket;
    try {
      socket = isTls ? openTls(target, sessions, contextOf(identity)) : connectTcp(target);
    } catch (error) {
      process.nextTick(callback, error as Error, null);
      return;
    }

    let isSettled = false;
    const settle = (error: Error | null): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      if (error === null) {
        callback(null, socket);
        return;
      }
      socket.destroy();
      callback(error, null);
    };
    const timer = setTimeout(
      () => settle(new ConnectTimeoutError(`No connection within ${connectTimeoutMs} ms.`)),
      connectTimeoutMs,
    );
    socket
      .once(isTls ? "secureConnect" : "connect", () => {
        settle(
          socket.remoteAddress !== undefined && isAllowed(socket.remoteAddress) ? null : new BlockedAddressError(),
        );
      })
      // Stays attached: a destroyed socket may still report errors, and nobody else listens then.
      .on("error", (error) => settle(firstCause(error)));
  };
}

type Target = TcpNetConnectOpts & { readonly host: string };

interface SessionCache {
  get(origin: string): Buffer | undefined;
  set(origin: string, session: Buffer): void;
}

function openTls(target: Target, sessions: SessionCache, secureContext: SecureContext | null): Socket {
  const origin = `${target.host}:${target.port}`;
  const session = sessions.get(origin);
  return connectTls({
    ...target,
    // Explicit, so that no environment variable can switch it off.
    rejectUnauthorized: true,
    ALPNProtocols: ["http/1.1"],
    ...(isIP(target.host) === 0 && { servername: target.host.replace(/\.$/, "") }),
    ...(session !== undefined && { session }),
    ...(secureContext !== null && { secureContext }),
  }).on("session", (ticket) => sessions.set(origin, ticket));
}

/** Resumed handshakes cost a fraction of full ones; the oldest origin makes room. */
function createSessionCache(): SessionCache {
  const sessions = new Map<string, Buffer>();
  return {
    get: (origin) => sessions.get(origin),
    set(origin, session) {
      sessions.delete(origin);
      sessions.set(origin, session);
      if (sessions.size <= TLS_SESSIONS_MAX) return;
      for (const oldest of sessions.keys()) {
        sessions.delete(oldest);
        return;
      }
    },
  };
}

/** When every address of a name failed, Node wraps the failures; the first one says why. */
function firstCause(error: Error): Error {
  const [first]: unknown[] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error ? first : error;
}
