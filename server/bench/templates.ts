import { setTimeout as delay } from "node:timers/promises";
import { WEBHOOK_TEMPLATES } from "@vera-qr/templates/library";
import { startHelperProcess } from "./helper-process.ts";
import type { Load } from "./load.ts";
import { ProductMeasurement, type SustainedResult } from "./measure-product.ts";
import { type Product, startProduct } from "./product.ts";
import type { Receiver } from "./receiver.ts";
import { runBenchmark } from "./run-benchmark.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "./webhooks-per-organization.ts";

// What a request template costs a delivery: the same load without one and with Salesforce's, in turns. `node server/bench/templates.ts`
const ORGANIZATIONS = 20;
const ROUNDS = 3;
const LOAD = { eventsPerCall: 250, concurrency: 4, outstandingMax: 6_000, warmUpSeconds: 3, seconds: 10 };
const SETTLE_MS = 500;

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
  const webhookIds = (await product.postgres.rows<{ id: string }>("SELECT id FROM webhook_configs")).map(
    ({ id }) => id,
  );
  const body = salesforceBody();

  const without: SustainedResult[] = [];
  const rendered: SustainedResult[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await setTemplate(product, webhookIds, {});
    without.push(await measurement.sustained(LOAD));
    await setTemplate(product, webhookIds, { body });
    rendered.push(await measurement.sustained(LOAD));
  }
  report("payload as it is", without);
  report("Salesforce's template", rendered);
  const added = median(rendered, cpuUs) - median(without, cpuUs);
  console.log(
    `rendering, storing and sending what was rendered adds ${added.toFixed(0)} µs of CPU per delivery (medians)`,
  );
  await product.stop();
});

/** With the order's id in place of its number, which is the same in every order here: by it the receiver tells them apart. */
function salesforceBody(): string {
  const body = WEBHOOK_TEMPLATES.find(({ id }) => id === "salesforce")?.request.body;
  if (body === undefined || body === null) throw new Error("There is no template for Salesforce.");
  return body.replace("data.order_number", "data.id");
}

async function setTemplate(
  { graphql }: Product,
  webhookIds: readonly string[],
  requestTemplate: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (const id of webhookIds) {
    const { updateWebhookConfig } = await graphql<{ updateWebhookConfig: { errors: readonly unknown[] } }>(
      "mutation ($input: UpdateWebhookConfigInput!) { updateWebhookConfig(input: $input) { errors { field message } } }",
      { input: { id, requestTemplate } },
    );
    if (updateWebhookConfig.errors.length > 0) throw new Error(JSON.stringify(updateWebhookConfig.errors));
  }
  await delay(SETTLE_MS);
}

/** One line per round, and the medians. */
function report(name: string, rounds: readonly SustainedResult[]): void {
  const line = (label: string, of: (figure: (round: SustainedResult) => number) => number): void => {
    console.log(
      `${name}, ${label}: ${Math.round(of(perSecond))} deliveries/s, CPU per delivery ${of(cpuUs).toFixed(0)} µs ` +
        `(Node ${of(cpuOf("server")).toFixed(0)}, PostgreSQL ${of(cpuOf("postgres")).toFixed(0)})`,
    );
  };
  for (const [index, round] of rounds.entries()) {
    line(`round ${index + 1}`, (figure) => figure(round));
    if (!round.completeness.isComplete) console.log(`  INCOMPLETE: ${JSON.stringify(round.completeness)}`);
  }
  line("median", (figure) => median(rounds, figure));
}

function perSecond({ window }: SustainedResult): number {
  return window.deliveriesPerSecond;
}

function cpuOf(process: "server" | "postgres"): (round: SustainedResult) => number {
  return ({ window }) => ((window.cpuSeconds[process] ?? Number.NaN) / window.deliveries) * 1e6;
}

function cpuUs(round: SustainedResult): number {
  return cpuOf("server")(round) + cpuOf("postgres")(round);
}

function median(rounds: readonly SustainedResult[], figure: (round: SustainedResult) => number): number {
  return rounds.map(figure).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? Number.NaN;
}
