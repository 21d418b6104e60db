import { afterEach, expect, test, vi } from "vitest";
import { changePassword, readSession } from "./account-api.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("who is signed in is asked with the session that a new password brings, not with the one that it ends", async () => {
  const asked: string[] = [];
  const answered = Promise.withResolvers<Response>();
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return path === "/api/auth/change-password" ? await answered.promise : Response.json({ user: null });
  });
  const change = changePassword("the old password", "another password");
  const session = readSession();
  await Promise.resolve();
  expect(asked).toEqual(["/api/auth/change-password"]);

  answered.resolve(new Response(null, { status: 204 }));
  expect(await change).toEqual({ ok: true, data: null });
  expect(await session).toEqual({ ok: true, data: { user: null } });
  expect(asked).toEqual(["/api/auth/change-password", "/api/auth/session"]);
});

test("a refused password does not keep the session from being asked for", async () => {
  vi.stubGlobal("fetch", async (path: string) =>
    path === "/api/auth/change-password" ? Promise.reject(new TypeError("no network")) : Response.json({ user: null }),
  );
  expect(await changePassword("the old password", "another password")).toMatchObject({
    ok: false,
    code: "UNREACHABLE",
  });
  expect(await readSession()).toEqual({ ok: true, data: { user: null } });
});
