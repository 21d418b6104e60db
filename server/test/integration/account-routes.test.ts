import { betterAuth } from "better-auth";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { expect } from "vitest";
import { join, openBrowser, PASSWORD } from "../support/browser.ts";
import { organization, service, sharedTest as test } from "../support/test.ts";

const EMAIL = "ayse@restaurant.example";

test.beforeAll(async () => {
  await join(service, organization, EMAIL, "OWNER");
});

/** Below `/api/auth`; the identity provider's two exist only when there is one. */
const OURS = new Set([
  "/options",
  "/session",
  "/sign-in",
  "/sign-out",
  "/change-password",
  "/invitation",
  "/invitation/accept",
]);

test("none of the accounts library's own endpoints is served, but those of the same name that are ours", async () => {
  const { api } = betterAuth({
    secret: "0".repeat(32),
    plugins: [genericOAuth({ config: [] })],
    logger: { disabled: true },
  });
  const paths = new Set(
    Object.values(api).flatMap(({ path }) => (path === undefined ? [] : [path.replace(/:\w+/g, "oidc")])),
  );
  expect([...paths]).toEqual(
    expect.arrayContaining([
      "/sign-up/email",
      "/sign-in/email",
      "/update-user",
      "/delete-user",
      "/reset-password",
      "/callback/oidc",
    ]),
  );
  expect(paths.size).toBeGreaterThan(25);
  const browser = openBrowser(service);
  await browser.signIn(EMAIL, PASSWORD);
  for (const path of paths) {
    if (OURS.has(path)) continue;
    for (const method of ["GET", "POST"]) {
      const { status, json } = await browser.send(method, `/api/auth${path}`, method === "POST" ? {} : undefined);
      expect({ path, method, status, code: json?.["code"] }).toEqual({ path, method, status: 404, code: "NOT_FOUND" });
    }
  }
  expect(await browser.graphql("{ viewer { email } }")).toEqual({ viewer: { email: EMAIL } });
});

test("says who is signed in", async () => {
  const browser = openBrowser(service);
  expect((await browser.send("POST", "/api/auth/session")).json).toEqual({ user: null });
  await browser.signIn(EMAIL, PASSWORD);
  expect((await browser.send("POST", "/api/auth/session")).json).toEqual({
    user: { id: expect.any(String), name: EMAIL, email: EMAIL },
  });
});

test("says how people may sign in", async () => {
  expect((await openBrowser(service).send("GET", "/api/auth/options")).json).toEqual({ oidc: null });
});

const HOSTILE: readonly unknown[] = [
  undefined,
  "",
  "{",
  "null",
  "[]",
  '"text"',
  { email: null, password: null, token: null },
  { email: ["a@b.example"], password: { $ne: "" }, token: [""] },
  { email: "a\u0000@b.example", password: "\u0000".repeat(20), token: "\u0000", name: "\u0000" },
  { email: "\ud800@b.example", password: "\ud800".repeat(20), token: "\ud800", name: "\ud800" },
  { email: "a@b.example", password: "x".repeat(10_000), token: "x".repeat(10_000), name: "x".repeat(10_000) },
  {
    email: EMAIL,
    password: PASSWORD.normalize("NFD"),
    callbackURL: "https://evil.example/",
    rememberMe: "no",
    extra: {},
  },
  { email: "' OR 1=1 --@b.example", password: "' OR 1=1 --", token: "' OR 1=1 --", name: "' OR 1=1 --" },
  { current_password: null, new_password: null },
  { current_password: "\ud800".repeat(20), new_password: "\u0000".repeat(20) },
  { return_to: "//evil.example" },
];

test.for([
  "/session",
  "/sign-in",
  "/sign-out",
  "/change-password",
  "/invitation",
  "/invitation/accept",
  "/sign-in/oidc",
])("%s answers whatever is sent with a success or a named refusal", async (path) => {
  const person = openBrowser(service);
  for (const body of HOSTILE) {
    await service.sql("DELETE FROM sign_in_failures");
    if (person.cookie === "") await person.signIn(EMAIL, PASSWORD);
    for (const browser of [openBrowser(service), person]) {
      const { status, headers, json, text } = await browser.send("POST", `/api/auth${path}`, body);
      expect(status, text).toBeLessThan(500);
      if (status < 300) continue;
      expect(headers.get("content-type")).toBe("application/problem+json");
      expect(json).toMatchObject({ code: expect.any(String), detail: expect.any(String) });
      expect(text).not.toMatch(/prisma|better-auth|node_modules|select /i);
    }
  }
});

test("cookies that nobody gave out are no session, and no error", async () => {
  for (const value of [
    "",
    ".",
    "x",
    "x.y",
    "%",
    "%00",
    "a".repeat(10_000),
    `${"a".repeat(32)}.${"A".repeat(43)}%3D`,
    "\u00ff",
  ]) {
    const cookie = `vera-qr.session_token=${value}`;
    const { status } = await openBrowser(service).send(
      "POST",
      "/graphql",
      { query: "{ viewer { name } }" },
      { cookie },
    );
    expect(status, value).toBe(401);
    expect((await openBrowser(service).send("POST", "/api/auth/sign-out", {}, { cookie })).status).toBe(204);
  }
});
