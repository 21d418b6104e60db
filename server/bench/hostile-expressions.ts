import { setTimeout as delay } from "node:timers/promises";
import { startHelperProcess } from "./helper-process.ts";
import type { Load } from "./load.ts";
import { type LatencyResult, ProductMeasurement } from "./measure-product.ts";
import { type Product, startProduct } from "./product.ts";
import type { Receiver } from "./receiver.ts";
import { runBenchmark } from "./run-benchmark.ts";
import { orderEventInput } from "./sample-order.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "./webhooks-per-organization.ts";

// What organizations whose filters do as much work as they may cost everybody else: the latency of others' calls without them, while they publish batches
// of 500 with filters that cost nothing, and with those. `node server/bench/hostile-expressions.ts`
const ORGANIZATIONS = 20;
const HOSTILE_ORGANIZATIONS = 3;
const HOSTILE_WEBHOOKS = 20;
/** Of each of these organizations, once a second, whether the last one is answered or not. */
const EVENTS_PER_CALL = 500;
const CALL_EVERY_MS = 1_000;
/** Beyond those of the measured load. */
const FIRST_HOSTILE_ORDER = 4_000_000;
const EVENTS_PER_SECOND = 200;
const SECONDS = 12;
const SETTLE_MS = 2_000;
const HARMLESS_FILTER = "false";
/** Never true, and about as much work as one event is allowed. */
const NUMBERS = `[${Array.from({ length: 60 }, (_, index) => index).join(",")}]`;
const HOSTILE_FILTER = `${NUMBERS}.exists(a, ${NUMBERS}.exists(b, a + b == data.total_amount + 0.5))`;

await runBenchmark(async ({ directory, teardown }) => {
  const receiver = startHelperProcess<Receiver>("receiver.ts");
  teardown.add(() => receiver.stop());
  const receiverPorts = await receiver.call("listen", ORGANIZATIONS * WEBHOOKS_PER_ORGANIZATION);
  const load = startHelperProcess<Load>("load.ts");
  teardown.add(() => load.stop());
  const product = await startProduct({ directory, receiverPorts, nodeArguments: [], teardown });
  const { origin, apiKey, organizationIds } = product;
  await load.call("aim", { origin, apiKey, organizationIds, receiverUrl: `http://127.0.0.1:${receiverPorts[0]}` });
  const measurement = new ProductMeasurement(product, receiver, load);
  const measure = (): Promise<LatencyResult> =>
    measurement.latency({ eventsPerSecond: EVENTS_PER_SECOND, eventsPerCall: 1, seconds: SECONDS });

  await measure();
  await delay(SETTLE_MS);
  report("alone", await measure());
  const hostile = await createHostileOrganizations(product, `http://127.0.0.1:${receiverPorts[0]}/0`);
  for (const [name, filter] of [
    ["that cost nothing", HARMLESS_FILTER],
    ["that are hostile", HOSTILE_FILTER],
  ] as const) {
    await setFilters(product, hostile, filter);
    const ending = new AbortController();
    const publishing = hostile.map(({ id }) => publishUntil(ending.signal, product, id));
    await delay(SETTLE_MS);
    report(
      `beside ${HOSTILE_ORGANIZATIONS} organizations with ${HOSTILE_WEBHOOKS} filters each ${name}`,
      await measure(),
    );
    ending.abort();
    const answers = (await Promise.all(publishing)).flat();
    const refusals = answers.filter((answer) => answer !== null);
    console.log(
      `their calls of ${EVENTS_PER_CALL} events: ${answers.length}, of which refused: ${refusals.length} (${refusals[0] ?? "-"})`,
    );
  }
  await product.stop();
});

interface HostileOrganization {
  readonly id: string;
  readonly webhookIds: readonly string[];
}

async function createHostileOrganizations({ graphql }: Product, url: string): Promise<readonly HostileOrganization[]> {
  const organizations: HostileOrganization[] = [];
  for (let organization = 0; organization < HOSTILE_ORGANIZATIONS; organization += 1) {
    const { createOrganization } = await graphql<{ createOrganization: { organization: { id: string } } }>(
      "mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id } } }",
      { input: { name: `Hostile ${organization}` } },
    );
    const { id } = createOrganization.organization;
    const webhookIds: string[] = [];
    for (let webhook = 0; webhook < HOSTILE_WEBHOOKS; webhook += 1) {
      const { createWebhookConfig } = await graphql<{ createWebhookConfig: { webhookConfig: { id: string } } }>(
        "mutation ($input: CreateWebhookConfigInput!) { createWebhookConfig(input: $input) { webhookConfig { id } } }",
        { input: { organizationId: id, name: `Hostile ${webhook}`, url, events: ["ORDER_CREATED"] } },
      );
      webhookIds.push(createWebhookConfig.webhookConfig.id);
    }
    organizations.push({ id, webhookIds });
  }
  return organizations;
}

async function setFilters(
  { graphql }: Product,
  organizations: readonly HostileOrganization[],
  filter: string,
): Promise<void> {
  for (const id of organizations.flatMap(({ webhookIds }) => webhookIds)) {
    const { updateWebhookConfig } = await graphql<{ updateWebhookConfig: { errors: readonly unknown[] } }>(
      "mutation ($input: UpdateWebhookConfigInput!) { updateWebhookConfig(input: $input) { errors { field message } } }",
      { input: { id, filter } },
    );
    if (updateWebhookConfig.errors.length > 0) throw new Error(JSON.stringify(updateWebhookConfig.errors));
  }
}

/** Answers what each call was refused with; null for those that were accepted. */
async function publishUntil(
  signal: AbortSignal,
  { graphql }: Product,
  organizationId: string,
): Promise<readonly (string | null)[]> {
  const input = {
    organizationId,
    events: Array.from({ length: EVENTS_PER_CALL }, (_, index) => orderEventInput(FIRST_HOSTILE_ORDER + index)),
  };
  const calls: Promise<string | null>[] = [];
  while (!signal.aborted) {
    const call = graphql<{ publishOrderEvents: { errors: readonly { message: string }[] } }>(
      "mutation ($input: PublishOrderEventsInput!) { publishOrderEvents(input: $input) { errors { message } } }",
      { input },
    );
    calls.push(call.then(({ publishOrderEvents }) => publishOrderEvents.errors[0]?.message ?? null));
    await delay(CALL_EVERY_MS);
  }
  return Promise.all(calls);
}

function report(name: string, { ackMs, firstByteMs, failedCalls, serverCores }: LatencyResult): void {
  const ms = (value: number): string => value.toFixed(1);
  console.log(
    `${name}: at ${EVENTS_PER_SECOND} events/s acknowledged p50 ${ms(ackMs.p50)}, p95 ${ms(ackMs.p95)}, p99 ${ms(ackMs.p99)} ms; ` +
      `first byte p50 ${ms(firstByteMs.p50)}, p99 ${ms(firstByteMs.p99)} ms; ${failedCalls} calls failed; server ${serverCores.toFixed(2)} cores`,
  );
}
