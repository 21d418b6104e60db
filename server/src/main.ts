import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { startEmbeddedPostgres } from "@vera-qr/prisma/embedded-postgres";
import { migrate } from "@vera-qr/prisma/migrate";
import { generateApiKey } from "./access/api-keys.ts";
import { banner } from "./banner.ts";
import { createSystemClock } from "./clock.ts";
import { type Config, parseConfig } from "./config.ts";
import { openDatabase } from "./db.ts";
import { firstSignIn } from "./first-sign-in.ts";
import { ensureReadyMadeOrganization, followOwnOrigin, generateEncryptionKey } from "./first-steps.ts";
import { keptSecret } from "./kept-secret.ts";
import { listen } from "./listen.ts";
import { createLogger } from "./logger.ts";
import { type Service, startService } from "./service.ts";
import { SecretUnreadableError } from "./webhooks/secret-box.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
const dashboardDir = fileURLToPath(new URL("../../dashboard/dist", import.meta.url));

// Short-lived objects of a busy second outgrow V8's default young generation, and copying them costs a tenth of the CPU time.
setFlagsFromString("--max-semi-space-size=32");

/** Undone in reverse order, at a signal and when a start fails half-way. */
const undo: (() => Promise<unknown>)[] = [];
let isStopping = false;

async function main(): Promise<void> {
  const parsed = parseConfig(process.env);
  if (!parsed.ok) {
    for (const { name, reason } of parsed.problems) console.error(`${name}: ${reason}`);
    process.exit(1);
  }
  const { config } = parsed;
  const logger = createLogger(config.logLevel);
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());

  const { server, origin } = await listen(config.host, config.port, process.env["PORT"] !== undefined);
  undo.push(async () => server.close());
  const databaseUrl = config.databaseUrl ?? (await startDatabase(config));
  await migrate(databaseUrl);
  const database = openDatabase(databaseUrl);
  undo.push(() => database.close());
  const service = await startService({
    config,
    databaseUrl,
    database,
    encryptionKey:
      config.encryptionKey ??
      Buffer.from(keptSecret(join(config.dataDir, "encryption-key"), generateEncryptionKey), "hex"),
    clock: createSystemClock(),
    random: Math.random,
    logger,
    version,
    dashboardDir,
    server,
    origin,
  });
  undo.push(() => service.stop());
  const greeting = await prepare(config, service, origin);
  service.open();
  process.stdout.write(greeting);
}

async function startDatabase(config: Config): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, onLog: (line) => console.error(line) });
  undo.push(() => postgres.stop());
  return postgres.url;
}

/** Makes what the first request may need, and answers what to tell the person who started us. */
async function prepare(config: Config, { services, access }: Service, origin: string): Promise<string> {
  const operatorKey = await ensureOperatorKey(config, services.useCases.apiKeys);
  if (config.role === "dispatcher") return "";
  const signIn = await firstSignIn(config, access.firstAdministrator);
  await followOwnOrigin(services, origin);
  const readyMade = config.isProduction ? null : await ensureReadyMadeOrganization(services);
  const databaseDescription = config.databaseUrl === null ? `embedded PostgreSQL in ${config.dataDir}` : "DATABASE_URL";
  return banner({ origin, isProduction: config.isProduction, databaseDescription, signIn, operatorKey, readyMade });
}

/** With an embedded database the key is kept beside it and shown at every start; with another one it is shown once. */
async function ensureOperatorKey(
  config: Config,
  apiKeys: Service["services"]["useCases"]["apiKeys"],
): Promise<string | null> {
  if (config.bootstrapApiKey !== null) {
    await apiKeys.ensureOperatorKey(config.bootstrapApiKey, "BOOTSTRAP_API_KEY");
    return config.bootstrapApiKey;
  }
  if (config.databaseUrl === null) {
    const key = keptSecret(join(config.dataDir, "operator-key"), generateApiKey);
    await apiKeys.ensureOperatorKey(key, "First start");
    return key;
  }
  if (config.role === "dispatcher" || (await apiKeys.hasOperatorKey())) return null;
  const key = generateApiKey();
  await apiKeys.ensureOperatorKey(key, "First start");
  return key;
}

async function stop(exitCode = 0): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  for (const step of undo.reverse()) await step().catch((error: unknown) => console.error(error));
  process.exit(exitCode);
}

main().catch(async (error: unknown) => {
  const isKeyWrong = error instanceof SecretUnreadableError;
  console.error(
    isKeyWrong
      ? "ENCRYPTION_KEY: is not the key that this database's secrets were encrypted with"
      : `Cannot start: ${describe(error)}`,
  );
  await stop(1);
});

function describe(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
