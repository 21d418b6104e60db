import { createTestDatabase, type TestDatabase } from "@vera-qr/prisma/testing/test-database";
import { test as base } from "vitest";
import { type Receiver, startReceiver } from "./receiver.ts";
import { expectNothingRuns } from "./running.ts";
import { startTestService, type TestService, type TestServiceOptions } from "./test-service.ts";

/** The running test's own. */
export let receiver: Receiver;
/** The running test's own: what its processes share. */
export let database: TestDatabase;

const running = new Set<TestService>();

/** A process on `database`. What a test does not stop itself is stopped after it. */
export async function startProcess(options: TestServiceOptions = {}): Promise<TestService> {
  const service = await startTestService({ databaseUrl: database.url, ...options });
  const started = {
    ...service,
    stop: () => {
      running.delete(started);
      return service.stop();
    },
  };
  running.add(started);
  return started;
}

/** A test that starts its processes itself, with `receiver` and `database`. One that leaves a service or a receiver running fails. */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs.
  .extend("receiver", { auto: true }, async ({}, { onCleanup }) => {
    receiver = await startReceiver();
    onCleanup(async () => {
      await receiver.close();
      expectNothingRuns();
    });
    return receiver;
  })
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs.
  .extend("database", { auto: true }, async ({}, { onCleanup }) => {
    database = await createTestDatabase();
    onCleanup(async () => {
      for (const service of running) await service.stop();
      await database.drop();
    });
    return database;
  });
