import { isIP } from "node:net";
import { z } from "zod";
import { emailAddress } from "./domain/email-address.ts";
import { newPassword } from "./domain/new-password.ts";

/** Everything the environment decides, parsed once. */
export interface Config {
  readonly isProduction: boolean;
  readonly host: string;
  readonly port: number;
  /** Null: an embedded PostgreSQL is started in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly role: Role;
  /** 32 bytes; null: generated and kept in `dataDir` (embedded database only). */
  readonly encryptionKey: Buffer | null;
  /** If set, this key exists as an operator key. */
  readonly bootstrapApiKey: string | null;
  /** Opens `/api/webhooks/retry`; null: that path does not exist. */
  readonly cronSecret: string | null;
  /** `https://host`, as people reach the service; null: the address this process listens on. */
  readonly publicUrl: string | null;
  /** Proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxyCidrs: readonly string[];
  /** The first administrator's, in lower case. */
  readonly adminEmail: string;
  /** Null: generated. */
  readonly adminPassword: string | null;
  /** Null: people sign in with passwords only. */
  readonly oidc: OidcConfig | null;
  readonly allowedPrivateCidrs: readonly string[];
  /** Delays between attempts, in seconds; null: the contract's. */
  readonly retryScheduleSeconds: readonly number[] | null;
  /** Whole days that events, deliveries and attempts are kept. */
  readonly retentionDays: number;
  readonly logLevel: LogLevel;
}

/** An OpenID Connect provider that people may sign in with. */
export interface OidcConfig {
  /** Its discovery document is below this address. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the sign-in page calls it. */
  readonly name: string;
}

const ROLES = ["all", "api", "dispatcher"] as const;
const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type Role = (typeof ROLES)[number];
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface ConfigProblem {
  readonly name: string;
  readonly reason: string;
}

const LOOPBACK_CIDRS = ["127.0.0.0/8", "::1/128"];

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);

const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });

const commaList = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);

const credential = z.string().regex(/^[\x21-\x7e]{16,200}$/, "must be 16 to 200 printable characters without spaces");
const cidrList = commaList.refine((list) => list.every(isCidr), "must be a comma-separated list of CIDR ranges");

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().default("127.0.0.1"),
  PORT: wholeNumber(1, 65_535).default(4000),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must be a postgres:// or postgresql:// URL")
    .optional(),
  DATA_DIR: z.string().default(".data"),
  ROLE: oneOf(ROLES).default("all"),
  ENCRYPTION_KEY: z
    .string()
    .transform(decodeKey)
    .refine((key) => key.length === 32, "must be 32 bytes, written as 64 hex characters or as base64")
    .optional(),
  BOOTSTRAP_API_KEY: credential.optional(),
  CRON_SECRET: credential.optional(),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, "must be an http:// or https:// address without a path, such as https://webhooks.example.com")
    .transform((text) => new URL(text).origin)
    .optional(),
  TRUSTED_PROXY_CIDRS: cidrList.optional(),
  ADMIN_EMAIL: emailAddress.default("admin@localhost"),
  ADMIN_PASSWORD: newPassword.optional(),
  OIDC_ISSUER: z
    .string()
    .regex(/^https?:\/\/[^\s?#]+$/, "must be an http:// or https:// address without a query")
    .refine((text) => URL.canParse(text), "must be an http:// or https:// address without a query")
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(50, "must be at most 50 characters").optional(),
  ALLOWED_PRIVATE_CIDRS: cidrList.optional(),
  RETRY_SCHEDULE_SECONDS: commaList
    .refine(
      (list) =>
        list.length >= 1 && list.length <= 10 && list.every((part) => /^\d{1,7}$/.test(part) && Number(part) >= 1),
      "must be 1 to 10 comma-separated whole numbers of seconds",
    )
    .transform((list) => list.map(Number))
    .optional(),
  RETENTION_DAYS: wholeNumber(1, 3650).default(30),
  LOG_LEVEL: oneOf(LOG_LEVELS).default("info"),
});

/** Every variable that is read. */
export const CONFIG_NAMES: readonly string[] = Object.keys(environment.shape);

/** Reads all settings, and reports every problem at once by the variable's name. An empty variable counts as absent. */
export function parseConfig(
  env: Readonly<Record<string, string | undefined>>,
):
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] } {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environment.safeParse(present);
  const problems: ConfigProblem[] = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ name: String(issue.path[0]), reason: issue.message }));

  const isProduction = present["NODE_ENV"] === "production";
  const hasDatabase = present["DATABASE_URL"] !== undefined;
  const requireName = (name: string, why: string): void => {
    if (present[name] === undefined) problems.push({ name, reason: `is required ${why}` });
  };
  if (isProduction) requireName("DATABASE_URL", "when NODE_ENV=production");
  else if (present["ROLE"] === "api" || present["ROLE"] === "dispatcher")
    requireName("DATABASE_URL", "when ROLE is not all");
  if (isProduction) requireName("ENCRYPTION_KEY", "when NODE_ENV=production");
  else if (hasDatabase) requireName("ENCRYPTION_KEY", "with DATABASE_URL");
  const oidcName = OIDC_NAMES.find((name) => present[name] !== undefined);
  if (oidcName !== undefined) for (const name of OIDC_NAMES) requireName(name, `with ${oidcName}`);
  if (isProduction && present["OIDC_ISSUER"]?.startsWith("http:"))
    problems.push({ name: "OIDC_ISSUER", reason: "must be https: when NODE_ENV=production" });

  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  const value = parsed.data;
  return {
    ok: true,
    config: Object.freeze({
      isProduction,
      host: value.HOST,
      port: value.PORT,
      databaseUrl: value.DATABASE_URL ?? null,
      dataDir: value.DATA_DIR,
      role: value.ROLE,
      encryptionKey: value.ENCRYPTION_KEY ?? null,
      bootstrapApiKey: value.BOOTSTRAP_API_KEY ?? null,
      cronSecret: value.CRON_SECRET ?? null,
      publicUrl: value.PUBLIC_URL ?? null,
      trustedProxyCidrs: value.TRUSTED_PROXY_CIDRS ?? [],
      adminEmail: value.ADMIN_EMAIL,
      adminPassword: value.ADMIN_PASSWORD ?? null,
      oidc: oidcConfig(value),
      allowedPrivateCidrs: value.ALLOWED_PRIVATE_CIDRS ?? (isProduction ? [] : LOOPBACK_CIDRS),
      retryScheduleSeconds: value.RETRY_SCHEDULE_SECONDS ?? null,
      retentionDays: value.RETENTION_DAYS,
      logLevel: value.LOG_LEVEL,
    }),
  };
}

/** Needed together. */
const OIDC_NAMES = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;

function oidcConfig(value: z.output<typeof environment>): OidcConfig | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = value;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return { issuer, clientId, clientSecret, name: value.OIDC_NAME ?? new URL(issuer).hostname };
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username } = new URL(text);
  return /^https?:$/.test(protocol) && pathname === "/" && search === "" && hash === "" && username === "";
}

function decodeKey(text: string): Buffer {
  return /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
}

function isCidr(text: string): boolean {
  const [address = "", bits = "", ...rest] = text.split("/");
  const family = isIP(address);
  return rest.length === 0 && family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}
