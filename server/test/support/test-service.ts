import { createTestDatabase } from "@vera-qr/prisma/testing/test-database";
import { pino } from "pino";
import type { Access } from "../../src/access/create-access.ts";
import { type Config, parseConfig } from "../../src/config.ts";
import { openDatabase } from "../../src/db.ts";
import type { RetryPassTiming } from "../../src/deliveries/retry-passes.ts";
import type { LeaseTiming } from "../../src/dispatcher/process-lease.ts";
import type { BreakerLimits } from "../../src/domain/circuit-breaker.ts";
import type { ApiServices } from "../../src/graphql/context.ts";
import { listen } from "../../src/listen.ts";
import { startService } from "../../src/service.ts";
import { noteRunning } from "./running.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";

export const OPERATOR_KEY = "test-operator-key-0123456789";

/** A whole service in this process, on a database of its own, with a clock that the test moves. */
export interface TestService {
  readonly origin: string;
  readonly databaseUrl: string;
  readonly clock: TestClock;
  readonly services: ApiServices;
  readonly access: Access;
  /** A GraphQL operation with the operator key (or another). @throws with the errors if there are any. */
  graphql<T = Record<string, never>>(query: string, variables?: Record<string, unknown>, key?: string): Promise<T>;
  /** SQL as a person with `psql` would run it. */
  sql<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  stop(): Promise<void>;
}

export interface TestServiceOptions {
  readonly env?: Record<string, string>;
  /** Join the database of another service, as a further process would. */
  readonly databaseUrl?: string;
  readonly clock?: TestClock;
  /** A dashboard's build; none unless given. */
  readonly dashboardDir?: string;
  /** Absent: any free one. */
  readonly port?: number;
  readonly leaseTiming?: LeaseTiming;
  readonly retryPassTiming?: RetryPassTiming;
  readonly breakerLimits?: BreakerLimits;
}

export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const ownDatabase = options.databaseUrl === undefined ? await createTestDatabase() : null;
  const databaseUrl = options.databaseUrl ?? (ownDatabase?.url as string);
  const config = testConfig({ DATABASE_URL: databaseUrl, ...options.env });
  const clock = options.clock ?? createTestClock();
  const database = openDatabase(databaseUrl);
  const { server, origin } = await listen("127.0.0.1", options.port ?? 0, false);
  const service = await startService({
    config,
    databaseUrl,
    database,
    encryptionKey: config.encryptionKey as Buffer,
    clock,
    random: () => 0,
    logger: pino({ level: process.env["TEST_LOG_LEVEL"] ?? "silent" }),
    version: "0.0.0-test",
    dashboardDir: options.dashboardDir ?? "does-not-exist",
    server,
    origin,
    ...(options.leaseTiming && { leaseTiming: options.leaseTiming }),
    ...(options.retryPassTiming && { retryPassTiming: options.retryPassTiming }),
    ...(options.breakerLimits && { breakerLimits: options.breakerLimits }),
  });
  await service.services.useCases.apiKeys.ensureOperatorKey(OPERATOR_KEY, "Tests");
  service.open();
  const ended = noteRunning("a service");
  return {
    origin,
    databaseUrl,
    clock,
    services: service.services,
    access: service.access,
    async graphql<T>(query: string, variables: Record<string, unknown> = {}, key = OPERATOR_KEY) {
      const response = await fetch(`${origin}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return data;
    },
    async sql<Row extends object>(text: string, values: readonly unknown[] = []) {
      return (await database.pool.query<Row>(text, [...values])).rows;
    },
    async stop() {
      await service.stop();
      await database.close();
      await ownDatabase?.drop();
      ended();
    },
  };
}

function testConfig(env: Record<string, string>): Config {
  const parsed = parseConfig({ ENCRYPTION_KEY: "11".repeat(32), ...env });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}
