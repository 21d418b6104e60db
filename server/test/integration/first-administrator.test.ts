import { createTestDatabase, type TestDatabase } from "@vera-qr/prisma/testing/test-database";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { eventually } from "../support/fixtures.ts";
import { openSql } from "../support/open-sql.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

let database: TestDatabase;
let processes: ServerProcess[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(processes.map((process) => process.dispose()));
  processes = [];
  await database.drop();
});

async function start(env: Record<string, string> = {}): Promise<ServerProcess> {
  const process = await startServerProcess(database.url, env);
  processes.push(process);
  return process;
}

/** What the process says behind a label when it has started. */
async function printed({ output }: ServerProcess, label: string): Promise<string | undefined> {
  const text = await eventually(
    async () => output(),
    (printedSoFar) => printedSoFar.includes("Health"),
  );
  return new RegExp(`^ +${label} +(.+)$`, "m").exec(text)?.[1];
}

test("an operator with a generated password, printed once", async () => {
  const first = await start();
  const password = (await printed(first, "Password")) ?? "";
  expect(password).toMatch(/^[\w-]{20}$/);
  const browser = openBrowser(first);
  expect((await browser.signIn("admin@localhost", password)).status).toBe(204);
  expect(await browser.graphql("{ viewer { name isOperator memberships { id } } }")).toEqual({
    viewer: { name: "Administrator", isOperator: true, memberships: [] },
  });
  const second = await start();
  expect(await printed(second, "Password")).toBe("(shown or set at the first start)");
  const elsewhere = openBrowser(second);
  expect((await elsewhere.signIn("admin@localhost", password)).status).toBe(204);
});

test("with the address and password of the environment, and never when there is a user", async () => {
  const first = await start({ ADMIN_EMAIL: "Chef@Restaurant.example", ADMIN_PASSWORD: "chosen by the chef" });
  expect(await printed(first, "Sign in")).toBe("chef@restaurant.example");
  expect(first.output()).not.toContain("chosen by the chef");
  expect((await openBrowser(first).signIn("chef@restaurant.example", "chosen by the chef")).status).toBe(204);
  await start({ ADMIN_EMAIL: "other@restaurant.example", ADMIN_PASSWORD: "another password" });
  const sql = await openSql(database.url);
  expect(await sql.query("SELECT email FROM users")).toEqual([{ email: "chef@restaurant.example" }]);
  await sql.close();
});

test("only one, when several processes start at the same time; a dispatcher makes none", async () => {
  const dispatcher = await start({ ROLE: "dispatcher" });
  const sql = await openSql(database.url);
  expect(await sql.query("SELECT 1 FROM users")).toEqual([]);
  expect(dispatcher.output()).not.toContain("Sign in");
  const apis = await Promise.all([start({ ROLE: "api" }), start({ ROLE: "api" }), start({ ROLE: "api" })]);
  const passwords = await Promise.all(apis.map((api) => printed(api, "Password")));
  expect(passwords.filter((password) => password !== "(shown or set at the first start)")).toHaveLength(1);
  expect(await sql.query("SELECT email FROM users")).toEqual([{ email: "admin@localhost" }]);
  await sql.close();
});
