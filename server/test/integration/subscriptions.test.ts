import { describe, expect, vi } from "vitest";
import { createApiKey } from "../support/create-api-key.ts";
import { createOrganization, createWebhook, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { openGraphQLSocket } from "../support/graphql-socket.ts";
import { publishMany } from "../support/publish-many.ts";
import { type Subscription, subscribe, subscribeBySse } from "../support/subscribe.ts";
import { organization, receiver, service, test } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";

test.afterEach(async () => {
  vi.restoreAllMocks();
});

interface Updates {
  readonly deliveryUpdates: {
    readonly cursor: string;
    readonly deliveries: readonly { readonly id: string; readonly status: string }[];
    readonly skipped: number;
  };
}

const UPDATES = `subscription ($organizationId: ID!, $filter: DeliveryFilter, $since: String, $cursorFirst: Boolean! = false) {
  deliveryUpdates(organizationId: $organizationId, filter: $filter, since: $since, cursorFirst: $cursorFirst) {
    cursor deliveries { id status } skipped } }`;

/** Resolves when the server watches for the subscriber that `start` makes: what happens from then on is told. */
async function watching<Data>(start: () => Promise<Subscription<Data>>): Promise<Subscription<Data>> {
  const watch = vi.spyOn(service.services.changes, "watch");
  const before = watch.mock.calls.length;
  const subscription = await start();
  await eventually(
    async () => watch.mock.calls.length,
    (calls) => calls > before,
  );
  return subscription;
}

/** Reads batches until every delivery of the organization has been seen as a success. */
async function untilAllDelivered(updates: Subscription<Updates>, count: number): Promise<Updates["deliveryUpdates"][]> {
  const batches: Updates["deliveryUpdates"][] = [];
  const delivered = new Set<string>();
  while (delivered.size < count) {
    const { deliveryUpdates } = await updates.next();
    batches.push(deliveryUpdates);
    for (const { id, status } of deliveryUpdates.deliveries) if (status === "SUCCESS") delivered.add(id);
  }
  return batches;
}

const TRANSPORTS = [
  ["graphql-ws", subscribe],
  ["server-sent events", subscribeBySse],
] as const;

describe.for(TRANSPORTS)("over %s", ([, connect]) => {
  test("deliveryUpdates shows a delivery from its creation to its end without being asked", async () => {
    await createWebhook(service, organization, receiver.url);
    receiver.respond(200, { delayMs: 400 });
    const updates = await watching(() => connect<Updates>(service, UPDATES, { organizationId: organization.id }));
    await publish(service, organization);
    const batches = await untilAllDelivered(updates, 1);
    await updates.close();

    const statuses = batches.flatMap(({ deliveries }) => deliveries.map(({ status }) => status));
    expect(statuses).toEqual(["PENDING", "SUCCESS"]);
    expect(new Set(batches.flatMap(({ deliveries }) => deliveries.map(({ id }) => id))).size).toBe(1);
  });

  test("another organization's changes are not told", async () => {
    const other = await createOrganization(service, "Other");
    await createWebhook(service, other, receiver.url);
    await createWebhook(service, organization, receiver.url);
    const updates = await watching(() => connect<Updates>(service, UPDATES, { organizationId: organization.id }));
    await publish(service, other);
    await receiver.next();
    await publish(service, organization);
    const batches = await untilAllDelivered(updates, 1);
    await updates.close();

    const own = await deliveriesOf(service, organization);
    expect(new Set(batches.flatMap(({ deliveries }) => deliveries.map(({ id }) => id)))).toEqual(
      new Set(own.map(({ id }) => id)),
    );
  });

  test("the filter is applied to the state at the time of the batch", async () => {
    await createWebhook(service, organization, receiver.url, { retryEnabled: false });
    receiver.respond(500).respond(200);
    const updates = await watching(() =>
      connect<Updates>(service, UPDATES, { organizationId: organization.id, filter: { status: ["FAILED"] } }),
    );
    await publish(service, organization);
    await receiver.next();
    await publish(service, organization);
    const seen: { id: string; status: string }[] = [];
    while (seen.length === 0) seen.push(...(await updates.next()).deliveryUpdates.deliveries);
    await updates.close();

    const failed = (await deliveriesOf(service, organization)).filter(({ status }) => status === "FAILED");
    expect(seen).toEqual(failed.map(({ id }) => ({ id, status: "FAILED" })));
  });

  test("a client that goes away frees its watcher at once", async () => {
    const watch = vi.spyOn(service.services.changes, "watch");
    const updates = await watching(() => connect<Updates>(service, UPDATES, { organizationId: organization.id }));
    const waiting = updates.next().catch(() => {});
    const signal = watch.mock.lastCall?.[1].signal;
    expect(signal?.aborted).toBe(false);

    await updates.close();
    await waiting;
    await eventually(
      async () => signal?.aborted,
      (aborted) => aborted === true,
      2000,
    );
  });

  test("deliveryStatsUpdates tells the statistics at once, and again when they have changed", async () => {
    await createWebhook(service, organization, receiver.url);
    const updates = await connect<{ deliveryStatsUpdates: { total: number; success: number } }>(
      service,
      "subscription ($organizationId: ID!) { deliveryStatsUpdates(organizationId: $organizationId) { total success } }",
      { organizationId: organization.id },
    );
    const first = await updates.next();
    await publish(service, organization);
    let last = first;
    while (last.deliveryStatsUpdates.success === 0) last = await updates.next();
    await updates.close();

    expect(first).toEqual({ deliveryStatsUpdates: { total: 0, success: 0 } });
    expect(last).toEqual({ deliveryStatsUpdates: { total: 1, success: 1 } });
  });

  test("a refusal is told by its code and ends the subscription", async () => {
    const updates = await connect<Updates>(service, UPDATES, {
      organizationId: "0191d1a0-0000-7000-8000-00000000dead",
    });
    await expect(updates.next()).rejects.toThrow("No organization with this id");
    await updates.close();
  });

  test("it ends within 5 seconds after its key was revoked", async () => {
    const { id, key } = await createApiKey(service, organization, ["READ"]);
    const updates = await watching(() => connect<Updates>(service, UPDATES, { organizationId: organization.id }, key));
    const ended = updates.next().catch((error: unknown) => error);
    await service.graphql("mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id } } }", { id });

    expect(await ended).not.toHaveProperty("message", expect.stringContaining("No result arrived"));
    await updates.close();
  });

  test("it ends within 5 seconds after its key has expired", async () => {
    const { key } = await createApiKey(service, organization, ["READ"], new Date(service.clock.now() + 60_000));
    const updates = await watching(() => connect<Updates>(service, UPDATES, { organizationId: organization.id }, key));
    const ended = updates.next().catch((error: unknown) => error);
    service.clock.advanceBy(60_000);

    expect(await ended).not.toHaveProperty("message", expect.stringContaining("No result arrived"));
    await updates.close();
  });
});

test("a batch names at most 50 deliveries and counts the rest", async () => {
  await createWebhook(service, organization, receiver.url, { events: ["ORDER_CREATED"] });
  receiver.byDefault.hang();
  const updates = await watching(() => subscribe<Updates>(service, UPDATES, { organizationId: organization.id }));
  await publishMany(service, organization, 130);
  const { deliveryUpdates } = await updates.next();
  await updates.close();

  expect(deliveryUpdates.deliveries).toHaveLength(50);
  expect(deliveryUpdates.skipped).toBe(80);
});

test("a subscription over HTTP starts only for those who ask for server-sent events by name", async () => {
  const subscribeWith = (accept: string) =>
    graphqlRequest(service, { query: UPDATES, variables: { organizationId: organization.id }, headers: { accept } });

  for (const accept of ["*/*", "text/*", "application/json, */*;q=0.1", "TEXT/EVENT-STREAM"]) {
    expect((await subscribeWith(accept)).status, accept).toBe(406);
  }
  expect((await subscribeWith("*/*")).errors).toMatchObject([{ extensions: { code: "NOT_ACCEPTABLE" } }]);
});

describe("after a cut socket", () => {
  test("`since` resumes without a hole, and repeats have the same id", async () => {
    await createWebhook(service, organization, receiver.url);
    const socket = await openGraphQLSocket(service);
    await socket.init();
    socket.send({
      type: "subscribe",
      id: "1",
      payload: { query: UPDATES, variables: { organizationId: organization.id } },
    });
    const seen = new Map<string, string>();
    let cursor: string | null = null;
    await eventually(
      async () => {
        await publish(service, organization);
        return await socket.next(300).catch(() => null);
      },
      (message) => {
        const { payload } = (message ?? {}) as { payload?: { data?: Updates } };
        cursor = payload?.data?.deliveryUpdates.cursor ?? null;
        return cursor !== null;
      },
    );
    socket.cut();
    for (let index = 0; index < 20; index++) {
      service.clock.advanceBy(1);
      await publish(service, organization);
    }
    const all = await eventually(
      () => deliveriesOf(service, organization),
      (deliveries) => deliveries.every(({ status }) => status === "SUCCESS"),
    );

    const updates = await subscribe<Updates>(service, UPDATES, { organizationId: organization.id, since: cursor });
    const { deliveryUpdates } = await updates.next();
    await updates.close();
    for (const { id, status } of deliveryUpdates.deliveries) {
      expect(seen.has(id), "a delivery is named twice in one batch").toBe(false);
      seen.set(id, status);
    }
    for (const { id } of all.slice(0, 20)) expect(seen.get(id)).toBe("SUCCESS");
    expect(deliveryUpdates.skipped).toBe(0);
  });

  test("with `cursorFirst` nothing is missed either when the socket is cut before the first change", async () => {
    await createWebhook(service, organization, receiver.url);
    const lost = await subscribe<Updates>(service, UPDATES, { organizationId: organization.id, cursorFirst: true });
    const { cursor, ...beginning } = (await lost.next()).deliveryUpdates;
    await lost.close();
    expect(beginning).toEqual({ deliveries: [], skipped: 0 });
    await publish(service, organization);
    const all = await eventually(
      () => deliveriesOf(service, organization),
      ([first]) => first?.status === "SUCCESS",
    );

    const updates = await subscribe<Updates>(service, UPDATES, { organizationId: organization.id, since: cursor });
    const { deliveryUpdates } = await updates.next();
    await updates.close();
    expect(deliveryUpdates.deliveries).toEqual(all.map(({ id }) => ({ id, status: "SUCCESS" })));
  });

  test("`since` also brings what a person did in between", async () => {
    await createWebhook(service, organization, receiver.url);
    receiver.byDefault.respond(500);
    await publish(service, organization);
    const [delivery] = await eventually(
      () => deliveriesOf(service, organization),
      ([first]) => first?.status === "RETRYING",
    );
    service.clock.advanceBy(30_000);
    const cursor = service.clock.now().toString(36);
    service.clock.advanceBy(10_000);
    await service.graphql("mutation ($id: ID!) { cancelDelivery(input: { id: $id }) { errors { message } } }", {
      id: delivery?.id,
    });

    const updates = await subscribe<Updates>(service, UPDATES, { organizationId: organization.id, since: cursor });
    const { deliveryUpdates } = await updates.next();
    await updates.close();
    expect(deliveryUpdates.deliveries).toEqual([{ id: delivery?.id, status: "CANCELLED" }]);
  });

  test("a cursor that is none brings the latest changes", async () => {
    await createWebhook(service, organization, receiver.url);
    await publish(service, organization);
    for (const since of ["", "nonsense", "\0", "zzzzzzzzz", "-1", "x".repeat(10_000)]) {
      const updates = await subscribe<Updates>(service, UPDATES, { organizationId: organization.id, since });
      const { deliveryUpdates } = await updates.next();
      await updates.close();
      expect(deliveryUpdates.skipped).toBe(0);
    }
  });
});

describe("the WebSocket protocol", () => {
  const init = { type: "connection_init", payload: { authorization: `Bearer ${OPERATOR_KEY}` } };
  const operation = (query: string, variables: object = {}, id = "1") => ({
    type: "subscribe",
    id,
    payload: { query, variables },
  });

  test("no connection_init within 3 seconds closes with 4408", async () => {
    const socket = await openGraphQLSocket(service);
    expect(await socket.closed).toMatchObject({ code: 4408 });
  });

  test.for([
    ["no payload", {}],
    ["no credential", { payload: {} }],
    ["an unknown key", { payload: { authorization: "Bearer vq_live_unknown-0123456789" } }],
    ["no scheme", { payload: { authorization: OPERATOR_KEY } }],
    ["an object instead of text", { payload: { authorization: { Bearer: OPERATOR_KEY } } }],
    ["a list instead of text", { payload: { authorization: ["Bearer x"] } }],
  ] as const)("a connection_init with %s closes with 4403", async ([, message]) => {
    const socket = await openGraphQLSocket(service);
    socket.send({ type: "connection_init", ...message });
    expect(await socket.closed).toEqual({ code: 4403, reason: "Forbidden" });
  });

  test("a second connection_init closes with 4429", async () => {
    const socket = await openGraphQLSocket(service);
    await socket.init();
    socket.send(init);
    expect(await socket.closed).toMatchObject({ code: 4429 });
  });

  test("an operation before the acknowledgement closes with 4401", async () => {
    const socket = await openGraphQLSocket(service);
    socket.send(operation("{ viewer { name } }"));
    expect(await socket.closed).toMatchObject({ code: 4401 });
  });

  test("a second operation with an id in use closes with 4409", async () => {
    const socket = await openGraphQLSocket(service);
    await socket.init();
    socket.send(operation(UPDATES, { organizationId: organization.id }));
    socket.send(operation(UPDATES, { organizationId: organization.id }));
    expect(await socket.closed).toMatchObject({ code: 4409 });
  });

  test.for([
    "nonsense",
    "{}",
    "[]",
    "null",
    '{"type":"nonsense"}',
    '{"type":"subscribe"}',
    '{"type":"subscribe","id":5,"payload":{"query":"{viewer{name}}"}}',
    '{"type":"subscribe","id":"1","payload":{"query":5}}',
    '{"type":"connection_init","payload":5}',
  ])("the message %s closes with 4400", async (message) => {
    const socket = await openGraphQLSocket(service);
    await socket.init();
    socket.send(message);
    expect(await socket.closed).toMatchObject({ code: 4400 });
  });

  test("a message of more than 64 KiB closes with 1009", async () => {
    const socket = await openGraphQLSocket(service);
    await socket.init();
    socket.send(operation(`# ${"x".repeat(64 * 1024)}\n{ viewer { name } }`));
    expect(await socket.closed).toMatchObject({ code: 1009 });
  });

  test("another subprotocol closes with 4406", async () => {
    const socket = await openGraphQLSocket(service, { protocol: "graphql-ws" }).catch((error: Error) => error);
    if (!(socket instanceof Error)) expect(await socket.closed).toMatchObject({ code: 4406 });
  });

  test("a revoked key's socket is closed with 4403", async () => {
    const { id, key } = await createApiKey(service, organization, ["READ"]);
    const socket = await openGraphQLSocket(service);
    await socket.init(key);
    await service.graphql("mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id } } }", { id });
    expect(await socket.closed).toEqual({ code: 4403, reason: "Forbidden" });
  });

  test.for([
    ["a syntax error", "{ viewer { name }"],
    ["an unknown field", "{ nonsense }"],
    ["too many tokens", `{ viewer { ${"name ".repeat(3000)} } }`],
    ["an empty document", ""],
    ["no operation", "fragment F on Viewer { name }"],
  ] as const)("%s ends its operation with an error, and the socket stays", async ([, query]) => {
    const socket = await openGraphQLSocket(service);
    await socket.init();
    socket.send(operation(query));
    expect(await socket.next()).toMatchObject({ type: "error", id: "1" });
    socket.send(operation("{ viewer { name } }", {}, "2"));
    expect(await socket.next()).toMatchObject({ type: "next", id: "2", payload: { data: { viewer: {} } } });
    socket.cut();
  });

  test("a socket runs at most 20 operations at a time", async () => {
    const socket = await openGraphQLSocket(service);
    await socket.init();
    for (let index = 1; index <= 21; index++) {
      socket.send(operation(UPDATES, { organizationId: organization.id }, `${index}`));
    }
    const payload = [{ extensions: { code: "TOO_MANY_OPERATIONS" } }];
    expect(await socket.next()).toMatchObject({ type: "error", id: "21", payload });
    socket.cut();
  });
});
