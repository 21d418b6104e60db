import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type BenchPostgres, startBenchPostgres } from "./bench-postgres.ts";
import { findFreePort } from "./free-port.ts";
import type { Teardown } from "./teardown.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "./webhooks-per-organization.ts";

/** The product as an operator runs it, with organizations and webhooks made through its own API. */
export interface Product {
  readonly origin: string;
  readonly apiKey: string;
  readonly pid: number;
  readonly postgres: BenchPostgres;
  readonly organizationIds: readonly string[];
  /** @throws with the errors if there are any. */
  graphql<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** Resolves when it has drained and ended. */
  stop(): Promise<void>;
}

export interface ProductOptions {
  readonly directory: string;
  /** One per webhook: every webhook is an origin of its own, as in real life. */
  readonly receiverPorts: readonly number[];
  readonly teardown: Teardown;
  /** Arguments of `node` itself, for example to profile the server. */
  readonly nodeArguments: readonly string[];
  /** The first administrator's password; a generated one if absent. */
  readonly administratorPassword?: string;
}

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const START_SECONDS_MAX = 30;
const STOP_SECONDS_MAX = 30;

export async function startProduct(options: ProductOptions): Promise<Product> {
  const { directory, teardown, nodeArguments } = options;
  const postgres = await startBenchPostgres(join(directory, "product-postgres"), teardown);
  const apiKey = `bench-${randomBytes(16).toString("hex")}`;
  const origin = `http://127.0.0.1:${await findFreePort()}`;
  const errors = createWriteStream(join(directory, "product-errors.log"));
  await once(errors, "open");
  const server = spawn(process.execPath, [...nodeArguments, MAIN], {
    env: {
      PATH: process.env["PATH"],

      PORT: new URL(origin).port,
      DATABASE_URL: postgres.url,
      DATA_DIR: join(directory, "product-data"),
      ENCRYPTION_KEY: randomBytes(32).toString("hex"),
      BOOTSTRAP_API_KEY: apiKey,
      // As in production: a log line per attempt is formatted and written, here to nowhere.
      LOG_LEVEL: "info",
      ...(options.administratorPassword !== undefined && { ADMIN_PASSWORD: options.administratorPassword }),
    },
    stdio: ["ignore", "ignore", errors],
    // Ctrl-C reaches the whole group; the order in which processes end is ours to decide.
    detached: true,
  });
  let isGone = false;
  const gone = once(server, "exit").then(() => {
    isGone = true;
  });
  const stop = async (): Promise<void> => {
    if (isGone) return;
    server.kill("SIGTERM");
    await Promise.race([gone, delay(STOP_SECONDS_MAX * 1000, undefined, { ref: false })]);
    if (!isGone) server.kill("SIGKILL");
    await gone;
  };
  teardown.add(stop);

  async function graphql<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const response = await fetch(`${origin}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }

  for (const giveUpAt = performance.now() + START_SECONDS_MAX * 1000; ; await delay(20)) {
    if (isGone || performance.now() > giveUpAt) {
      throw new Error(`The server did not start: ${readFileSync(errors.path, "utf8").trim()}`);
    }
    const isReady = await graphql("{ viewer { name } }").then(
      () => true,
      () => false,
    );
    if (isReady) break;
  }
  return {
    origin,
    apiKey,
    pid: server.pid as number,
    postgres,
    organizationIds: await createOrganizations(graphql, options.receiverPorts),
    graphql,
    stop,
  };
}

const CREATE_ORGANIZATION =
  "mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { organization { id } errors { message } } }";
const CREATE_WEBHOOK =
  "mutation ($input: CreateWebhookConfigInput!) { createWebhookConfig(input: $input) { webhookConfig { id } errors { message } } }";

async function createOrganizations(
  graphql: Product["graphql"],
  receiverPorts: readonly number[],
): Promise<readonly string[]> {
  const organizationIds: string[] = [];
  for (let first = 0; first < receiverPorts.length; first += WEBHOOKS_PER_ORGANIZATION) {
    const { createOrganization } = await graphql<{ createOrganization: { organization: { id: string } } }>(
      CREATE_ORGANIZATION,
      { input: { name: `Restaurant ${organizationIds.length + 1}` } },
    );
    const organizationId = createOrganization.organization.id;
    for (let webhook = 0; webhook < WEBHOOKS_PER_ORGANIZATION; webhook += 1) {
      const url = `http://127.0.0.1:${receiverPorts[first + webhook]}/${webhook}`;
      const { createWebhookConfig } = await graphql<{ createWebhookConfig: { errors: readonly unknown[] } }>(
        CREATE_WEBHOOK,
        { input: { organizationId, name: `Webhook ${webhook + 1}`, url, events: ["ORDER_CREATED"] } },
      );
      if (createWebhookConfig.errors.length > 0) throw new Error(JSON.stringify(createWebhookConfig.errors));
    }
    organizationIds.push(organizationId);
  }
  return organizationIds;
}
