import pg from "pg";
import type { Logger } from "../logger.ts";

/** `vera_queue`: unleased deliveries wait. `vera_changes`: deliveries changed; an optional payload names one (`organization/delivery`). */
export type Channel = "vera_queue" | "vera_changes";

/** Hints between processes by LISTEN/NOTIFY. They only shorten waits: whoever misses one finds the same by polling. */
export interface Notifications {
  /** Sent outside any transaction (a NOTIFY inside one would serialise every commit of the database), and at most every `THROTTLE_MS` per channel. */
  send(channel: Channel): void;
  sendChange(organizationId: string, deliveryId: string): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface NotificationsDeps {
  readonly databaseUrl: string;
  readonly pool: Pick<pg.Pool, "query">;
  readonly logger: Logger;
  /** False when no other process would hear: nothing is sent then. */
  readonly hasCompany: () => boolean;
  readonly onNotification: (channel: Channel, payload: string) => void;
}

const THROTTLE_MS = 50;
const RECONNECT_MS = 1000;

export function createNotifications(deps: NotificationsDeps): Notifications {
  const timers = new Map<Channel, NodeJS.Timeout>();
  let client: pg.Client | null = null;
  let reconnectTimer: NodeJS.Timeout | undefined;
  let isStopped = false;

  function notify(channel: Channel, payload: string): void {
    deps.pool
      .query("SELECT pg_notify($1, $2)", [channel, payload])
      .catch((error: unknown) => deps.logger.warn({ err: error, channel }, "notify.failed"));
  }

  async function listen(): Promise<void> {
    const connection = new pg.Client({
      connectionString: deps.databaseUrl,
      connectionTimeoutMillis: 3000,
      keepAlive: true,
    });
    connection.on("notification", ({ channel, payload }) => deps.onNotification(channel as Channel, payload ?? ""));
    connection.on("error", () => {});
    connection.on("end", reconnectLater);
    client = connection;
    await connection.connect();
    await connection.query("LISTEN vera_queue; LISTEN vera_changes");
  }

  function reconnectLater(): void {
    if (isStopped) return;
    clearTimeout(reconnectTimer);
    reconnectTimer = setTimeout(() => {
      listen().catch(() => reconnectLater());
    }, RECONNECT_MS);
  }

  return {
    send(channel) {
      if (timers.has(channel) || !deps.hasCompany()) return;
      notify(channel, "");
      timers.set(
        channel,
        setTimeout(() => timers.delete(channel), THROTTLE_MS),
      );
    },
    sendChange(organizationId, deliveryId) {
      if (deps.hasCompany()) notify("vera_changes", `${organizationId}/${deliveryId}`);
    },
    start: listen,
    async stop() {
      isStopped = true;
      clearTimeout(reconnectTimer);
      for (const timer of timers.values()) clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
