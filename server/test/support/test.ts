import { test as base } from "vitest";
import { createOrganization, createWebhook, type TestOrganization, type TestWebhook } from "./fixtures.ts";
import { type Receiver, startReceiver } from "./receiver.ts";
import { expectNothingRuns } from "./running.ts";
import { startTestService, type TestService, type TestServiceOptions } from "./test-service.ts";

// What the fixtures below have set up, for tests and for the functions that a test file shares among them. They are this module's, of
// which each test file has one of its own; handed through as arguments they would stand in every line.

/** The file's service; `test.override("serviceOptions", { … })` says how it is started. */
export let service: TestService;
/** The running test's, or the file's with `sharedTest`; answers 200 until it is told otherwise. */
export let receiver: Receiver;
/** The running test's, or the file's with `sharedTest`. */
export let organization: TestOrganization;
/** The running test's, for all order events, at `receiver`; `test.override("webhookInput", { … })` adds to its input. */
export let webhook: TestWebhook;

/** A test with `service`. A file that leaves a service or a receiver running fails. */
export const serviceTest = base
  .extend("serviceOptions", { scope: "file" }, {} as TestServiceOptions)
  .extend("service", { scope: "file", auto: true }, async ({ serviceOptions }, { onCleanup }) => {
    service = await startTestService(serviceOptions);
    onCleanup(async () => {
      await service.stop();
      expectNothingRuns();
    });
    return service;
  });

/** A test with `service`, and a `receiver` and an `organization` of its own. */
export const test = serviceTest
  .extend("receiver", { auto: true }, openReceiver)
  .extend("organization", { auto: true }, openOrganization);

/** A test with `service`, `receiver` and `organization`, which all tests of the file share. */
export const sharedTest = serviceTest
  .extend("receiver", { auto: true, scope: "file" }, openReceiver)
  .extend("organization", { auto: true, scope: "file" }, openOrganization);

/** A test with `service`, and a `receiver`, an `organization` and a `webhook` of its own. */
export const webhookTest = test
  .extend("webhookInput", {} as Readonly<Record<string, unknown>>)
  .extend("webhook", { auto: true }, async ({ service, organization, receiver, webhookInput }) => {
    webhook = await createWebhook(service, organization, receiver.url, webhookInput);
    return webhook;
  });

interface Lifetime {
  onCleanup(close: () => Promise<void>): void;
}

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs.
async function openReceiver({}: object, { onCleanup }: Lifetime): Promise<Receiver> {
  const opened = await startReceiver();
  onCleanup(() => opened.close());
  receiver = opened;
  return opened;
}

async function openOrganization({ service }: { readonly service: TestService }): Promise<TestOrganization> {
  organization = await createOrganization(service);
  return organization;
}
