import { spawn } from "node:child_process";
import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { build } from "./build.ts";
import { type DemoReceiver, startDemoReceiver } from "./demo-receiver.ts";
import { ROOT, toolEnvironment } from "./run.ts";

/** Two restaurants whose systems are well, slow, unsteady and down, and guests who order: everything through the public API. */
const PORT = process.env["PORT"] ?? "4000";
const ORIGIN = `http://127.0.0.1:${PORT}`;
const KEY = process.env["BOOTSTRAP_API_KEY"] ?? `vq_demo_${randomBytes(24).toString("base64url")}`;
const ORDER_EVERY_MS = 700;

interface Restaurant {
  readonly name: string;
  readonly menu: readonly (readonly [name: string, price: number])[];
  /** Its systems beside the CRM, which is the built-in receiver. */
  readonly systems: readonly DemoReceiver[];
  /** Ids of webhook templates whose systems it uses: imitations stand in for them. */
  readonly templates: readonly string[];
}

const RESTAURANTS: readonly Restaurant[] = [
  {
    name: "Boğaziçi Lokantası",
    menu: [
      ["Mercimek Çorbası", 65],
      ["Adana Kebap", 285.5],
      ["Künefe", 140],
      ["Ayran", 35],
    ],
    systems: [],
    templates: ["slack"],
  },
  {
    name: "Kadıköy Pizza Evi",
    menu: [
      ["Margherita Pizza", 189.9],
      ["Karışık Pizza", 219.9],
      ["Tiramisu", 120.75],
      ["Limonata", 55],
    ],
    systems: [
      { name: "Mutfak ekranı", isUp: true, answersWithinMs: 90, failureShare: 0 },
      { name: "Muhasebe", isUp: true, answersWithinMs: 400, failureShare: 0.2 },
      { name: "Sadakat programı", isUp: false },
    ],
    templates: ["salesforce-upsert"],
  },
];
const EVENTS = ["ORDER_CREATED", "ORDER_UPDATED", "ORDER_COMPLETED", "ORDER_CANCELLED"];
const GUESTS = ["Ahmet Yılmaz", "Ayşe Çelik", "Mehmet Öztürk", "Zeynep Şahin", "Gülşen Işık", "Oğuz Ünal"];

await build();
const server = spawn("node", ["server/src/main.ts"], {
  cwd: ROOT,
  env: {
    ...toolEnvironment(),
    PORT,
    BOOTSTRAP_API_KEY: KEY,
    DATA_DIR: process.env["DATA_DIR"] ?? ".data/demo",
    LOG_LEVEL: "warn",
  },
  stdio: "inherit",
});
let isStopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    isStopping = true;
    server.kill("SIGTERM");
  });
}
server.once("exit", (code) => process.exit(code ?? 1));

await serverReady();
const open = await Promise.all(RESTAURANTS.map(openRestaurant));
console.log("The restaurants are open. Sign in as printed above; Ctrl-C ends the demo.");
for (const { id, restaurant } of open) console.log(`  ${restaurant.name}  ${ORIGIN}/?organization=${id}`);
for (let number = 1; !isStopping; number += 1) {
  const { id, restaurant } = open[randomInt(open.length)] as (typeof open)[number];
  await serveGuest(id, restaurant, number).catch((error: unknown) => {
    if (!isStopping) console.error(error);
  });
  await delay(randomInt(ORDER_EVERY_MS * 2));
}

async function serverReady(): Promise<void> {
  for (;;) {
    const response = await fetch(`${ORIGIN}/readyz`).catch(() => null);
    if (response?.ok) return;
    await delay(100);
  }
}

async function graphql<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const response = await fetch(`${ORIGIN}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${KEY}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

/** The restaurant of an earlier demo, or a new one, with a webhook for each of its systems. */
async function openRestaurant(restaurant: Restaurant): Promise<{ id: string; restaurant: Restaurant }> {
  const id = (await findOrganization(restaurant.name)) ?? (await createOrganization(restaurant.name));
  const { testReceiver } = await graphql<{ testReceiver: { url: string } }>(
    "query ($organizationId: ID!) { testReceiver(organizationId: $organizationId) { url } }",
    { organizationId: id },
  );
  await connect(id, "CRM", testReceiver.url);
  for (const system of restaurant.systems) await connect(id, system.name, await startDemoReceiver(system));
  for (const template of restaurant.templates) await connectImitation(id, template);
  return { id, restaurant };
}

/** The receivers of an earlier demo had other ports. */
async function connect(organizationId: string, name: string, url: string): Promise<void> {
  const known = (await webhooksOf(organizationId)).find((webhook) => webhook.name === name);
  if (known === undefined) return createWebhook({ organizationId, name, url, events: EVENTS });
  await graphql(
    "mutation ($input: UpdateWebhookConfigInput!) { updateWebhookConfig(input: $input) { errors { message } } }",
    { input: { id: known.id, url } },
  );
}

async function connectImitation(organizationId: string, id: string): Promise<void> {
  const isKnown = (await webhooksOf(organizationId)).some(({ templateId }) => templateId === id);
  if (!isKnown) await createWebhook({ organizationId, template: { id, imitation: true } });
}

interface DemoWebhook {
  readonly id: string;
  readonly name: string;
  readonly templateId: string | null;
}

async function webhooksOf(organizationId: string): Promise<readonly DemoWebhook[]> {
  const { webhookConfigs } = await graphql<{ webhookConfigs: { edges: { node: DemoWebhook }[] } }>(
    "query ($organizationId: ID!) { webhookConfigs(organizationId: $organizationId, first: 100) { edges { node { id name templateId } } } }",
    { organizationId },
  );
  return webhookConfigs.edges.map(({ node }) => node);
}

async function createWebhook(input: object): Promise<void> {
  const { createWebhookConfig } = await graphql<{ createWebhookConfig: { errors: readonly object[] } }>(
    "mutation ($input: CreateWebhookConfigInput!) { createWebhookConfig(input: $input) { errors { field message } } }",
    { input },
  );
  if (createWebhookConfig.errors.length > 0) throw new Error(JSON.stringify(createWebhookConfig.errors));
}

async function findOrganization(name: string): Promise<string | null> {
  const { viewer } = await graphql<{
    viewer: { organizations: { edges: { node: { id: string; name: string } }[] } };
  }>("{ viewer { organizations(first: 100) { edges { node { id name } } } } }");
  return viewer.organizations.edges.find(({ node }) => node.name === name)?.node.id ?? null;
}

async function createOrganization(name: string): Promise<string> {
  const { createOrganization: created } = await graphql<{ createOrganization: { organization: { id: string } } }>(
    "mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id } } }",
    { input: { name } },
  );
  return created.organization.id;
}

/** An order that is placed, prepared and served, or cancelled. */
async function serveGuest(organizationId: string, { menu }: Restaurant, number: number): Promise<void> {
  const items = Array.from({ length: randomInt(1, 4) }, () => {
    const [name, price] = menu[randomInt(menu.length)] as (typeof menu)[number];
    return { name, price, quantity: randomInt(1, 4) };
  });
  const order = {
    id: randomUUID(),
    orderNumber: `ORD-${new Date().toISOString().slice(0, 10).replaceAll("-", "")}-${String(number).padStart(4, "0")}`,
    items,
    totalAmount: items.reduce((sum, { price, quantity }) => sum + price * quantity, 0),
    status: "pending",
    customerName: GUESTS[randomInt(GUESTS.length)],
    createdAt: new Date().toISOString(),
  };
  const metadata = { table_number: String(randomInt(1, 25)) };
  const publish = (event: string, status: string): Promise<unknown> =>
    graphql(
      "mutation ($input: PublishOrderEventInput!) { publishOrderEvent(input: $input) { event { id } errors { code field message } } }",
      {
        input: { organizationId, event, metadata, order: { ...order, status }, idempotencyKey: `${order.id}/${event}` },
      },
    );
  await publish("ORDER_CREATED", "pending");
  if (randomInt(10) === 0) return void (await publish("ORDER_CANCELLED", "cancelled"));
  await publish("ORDER_UPDATED", "preparing");
  await publish("ORDER_COMPLETED", "served");
}
