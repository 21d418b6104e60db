import { describe, expect } from "vitest";
import { WebSocket } from "ws";
import { createApiKey } from "../support/create-api-key.ts";
import { eventually } from "../support/fixtures.ts";
import { type GraphQLSocket, openGraphQLSocket } from "../support/graphql-socket.ts";
import { subscribeBySse } from "../support/subscribe.ts";
import { organization, service, test } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";

const STATS = "subscription ($organizationId: ID!) { deliveryStatsUpdates(organizationId: $organizationId) { total } }";

async function openSockets(count: number, key: string): Promise<readonly GraphQLSocket[]> {
  return await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = await openGraphQLSocket(service);
      await socket.init(key);
      return socket;
    }),
  );
}

describe("connections that stay open", () => {
  test("a key has 50 of them: the next socket is closed with 4429, the others stay", async () => {
    const { key } = await createApiKey(service, organization, ["READ"]);
    const sockets = await openSockets(50, key);
    const next = await openGraphQLSocket(service);
    next.send({ type: "connection_init", payload: { authorization: `Bearer ${key}` } });

    expect(await next.closed).toEqual({ code: 4429, reason: "Too many connections" });
    expect(sockets.every(({ isOpen }) => isOpen)).toBe(true);
    const ofAnotherKey = await openSockets(1, (await createApiKey(service, organization, ["READ"])).key);
    for (const socket of [...sockets, ...ofAnotherKey]) socket.cut();
  });

  test("server-sent events count too, and are refused with 429", async () => {
    const { key } = await createApiKey(service, organization, ["READ"]);
    const sockets = await openSockets(49, key);
    const variables = { organizationId: organization.id };
    const stream = await subscribeBySse<{ deliveryStatsUpdates: object }>(service, STATS, variables, key);
    await stream.next();

    await expect(subscribeBySse(service, STATS, variables, key)).rejects.toThrow(/^429: .*TOO_MANY_CONNECTIONS/);
    await stream.close();
    for (const socket of sockets) socket.cut();
  });

  test("a closed one gives its place back", async () => {
    const { key } = await createApiKey(service, organization, ["READ"]);
    const variables = { organizationId: organization.id };
    const [first, ...sockets] = await openSockets(49, key);
    const stream = await subscribeBySse<{ deliveryStatsUpdates: object }>(service, STATS, variables, key);
    await stream.next();
    first?.cut();
    await stream.close();
    const again = await eventually(
      () => openSockets(2, key).catch(() => null),
      (opened) => opened !== null,
    );
    for (const socket of [...sockets, ...(again ?? [])]) socket.cut();
  });
});

test("a client that asks and does not read is closed with 4429, and little is kept for it", async () => {
  const socket = new WebSocket(`${service.origin.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  await new Promise((resolve) => socket.once("open", resolve));
  socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${OPERATOR_KEY}` } }));
  await new Promise((resolve) => socket.once("message", resolve));
  socket.pause();
  // Each is answered with as much.
  const ping = JSON.stringify({ type: "ping", payload: { text: "x".repeat(60_000) } });
  const count = 1000;
  const sent = Array.from({ length: count }, () => new Promise((resolve) => socket.send(ping, resolve)));
  await Promise.all(sent);

  let answers = 0;
  socket.on("message", () => (answers += 1));
  const closed = new Promise((resolve) => socket.once("close", (code, reason) => resolve([code, String(reason)])));
  socket.resume();
  expect(await closed).toEqual([4429, "Too many unread answers"]);
  // 4 MiB of the service's own and what the network's buffers hold; all of it would be 60 MB.
  expect(answers).toBeLessThan(count / 2);
});

describe("a WebSocket with cookies", () => {
  const connect = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${service.origin.replace("http", "ws")}/graphql`, "graphql-transport-ws", {
        headers,
      });
      socket.once("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
      socket.once("open", () => {
        socket.terminate();
        resolve(101);
      });
      socket.on("error", () => {});
    });
  const cookie = "session=abc";

  test("is refused with 403 when a page of another site opens it", async () => {
    for (const origin of ["https://evil.example", "null", `${service.origin}.evil.example`]) {
      expect(await connect({ cookie, origin }), origin).toBe(403);
    }
  });

  test("is opened for a page of this service, and for what is no page", async () => {
    expect(await connect({ cookie, origin: service.origin })).toBe(101);
    expect(await connect({ cookie })).toBe(101);
  });

  test("and one without cookies is opened for any page: its key says who it is", async () => {
    expect(await connect({ origin: "https://shop.example" })).toBe(101);
  });
});
