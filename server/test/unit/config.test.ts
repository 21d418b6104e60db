import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { type Config, parseConfig } from "../../src/config.ts";

const KEY = "0f".repeat(32);
const PRODUCTION = { NODE_ENV: "production", DATABASE_URL: "postgresql://db/vera", ENCRYPTION_KEY: KEY };

function accepted(env: Record<string, string>): Config {
  const parsed = parseConfig(env);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

function problemNames(env: Record<string, string>): string[] {
  const parsed = parseConfig(env);
  return parsed.ok ? [] : parsed.problems.map(({ name }) => name).sort();
}

test("without any variable the service runs for itself: embedded database, loopback only", () => {
  expect(accepted({})).toMatchObject({
    isProduction: false,
    host: "127.0.0.1",
    port: 4000,
    databaseUrl: null,
    role: "all",
    allowedPrivateCidrs: ["127.0.0.0/8", "::1/128"],
  });
});

test("in production no private range may be reached unless it is listed", () => {
  expect(accepted(PRODUCTION).allowedPrivateCidrs).toEqual([]);
  expect(accepted({ ...PRODUCTION, ALLOWED_PRIVATE_CIDRS: "10.1.0.0/16, fd00::/8" }).allowedPrivateCidrs).toEqual([
    "10.1.0.0/16",
    "fd00::/8",
  ]);
});

test("every problem is reported at once, each variable by its name and once", () => {
  const wrong = {
    PORT: "70000",
    DATABASE_URL: "mysql://db",
    ROLE: "worker",
    ENCRYPTION_KEY: "too-short",
    BOOTSTRAP_API_KEY: "short",
    CRON_SECRET: "with spaces, so 16 characters do not help",
    ALLOWED_PRIVATE_CIDRS: "10.0.0.0/33",
    RETRY_SCHEDULE_SECONDS: "60,soon",
    RETENTION_DAYS: "0",
    LOG_LEVEL: "loud",
  };
  expect(problemNames(wrong)).toEqual(Object.keys(wrong).sort());
});

test.each([
  ["production needs a database and a key", { NODE_ENV: "production" }, ["DATABASE_URL", "ENCRYPTION_KEY"]],
  ["a database of one's own needs a key", { DATABASE_URL: "postgres://db/vera" }, ["ENCRYPTION_KEY"]],
  ["an api process needs a common database", { ROLE: "api" }, ["DATABASE_URL"]],
  ["a dispatcher process needs a common database", { ROLE: "dispatcher", PORT: "x" }, ["DATABASE_URL", "PORT"]],
])("%s", (_what, env, names) => {
  expect(problemNames(env)).toEqual(names);
});

test("an empty variable counts as absent", () => {
  expect(accepted({ PORT: "", DATABASE_URL: "", LOG_LEVEL: "" })).toEqual(accepted({}));
});

test.each([
  ["64 hex characters", (key: Buffer) => key.toString("hex")],
  ["64 upper-case hex characters", (key: Buffer) => key.toString("hex").toUpperCase()],
  ["base64", (key: Buffer) => key.toString("base64")],
  ["base64url", (key: Buffer) => key.toString("base64url")],
])("the encryption key is read as %s", (_form, write) => {
  const key = randomBytes(32);
  expect(accepted({ ENCRYPTION_KEY: write(key) }).encryptionKey?.equals(key)).toBe(true);
});

test.each(["0f".repeat(31), "0f".repeat(33), `${"0f".repeat(31)}0g`, randomBytes(31).toString("base64")])(
  "an encryption key that is not 32 bytes is refused: %s",
  (key) => {
    expect(problemNames({ ENCRYPTION_KEY: key })).toEqual(["ENCRYPTION_KEY"]);
  },
);

test("the retry schedule takes one to ten delays", () => {
  expect(accepted({ RETRY_SCHEDULE_SECONDS: "1, 2,3" }).retryScheduleSeconds).toEqual([1, 2, 3]);
  for (const schedule of [",", "0", "-1", "1.5", "1e3", Array(11).fill("1").join(",")]) {
    expect(problemNames({ RETRY_SCHEDULE_SECONDS: schedule })).toEqual(["RETRY_SCHEDULE_SECONDS"]);
  }
});

test.each(["BOOTSTRAP_API_KEY", "CRON_SECRET"])("%s takes 16 to 200 printable characters without spaces", (name) => {
  for (const secret of ["x".repeat(16), "x".repeat(200), "!~".repeat(8)]) {
    expect(problemNames({ [name]: secret })).toEqual([]);
  }
  for (const secret of ["x".repeat(15), "x".repeat(201), `${"x".repeat(16)} `, `${"x".repeat(16)}ş`]) {
    expect(problemNames({ [name]: secret })).toEqual([name]);
  }
});
