import { createHash } from "node:crypto";
import { expect } from "vitest";
import { dashboardBuild } from "../support/dashboard-build.ts";
import { createOrganization } from "../support/fixtures.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { openGraphQLSocket } from "../support/graphql-socket.ts";
import { service, serviceTest as test } from "../support/test.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const VIEWER = "query Dashboard_Viewer { viewer { kind } }";
const STATS = "subscription ($id: ID!) { deliveryStatsUpdates(organizationId: $id) { total } }";
const named = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: sha256(text) } } });

test.override("serviceOptions", {
  dashboardDir: dashboardBuild({
    "persisted-documents.json": JSON.stringify({ [sha256(VIEWER)]: VIEWER, [sha256(STATS)]: STATS }),
  }),
});

const post = (body: object) => graphqlRequest(service, { body: JSON.stringify(body) });

test("a document of the dashboard's build runs by its hash alone, over HTTP", async () => {
  expect((await post(named(VIEWER))).data).toEqual({ viewer: { kind: "apiKey" } });
});

test("and over a WebSocket", async () => {
  const { id } = await createOrganization(service);
  const socket = await openGraphQLSocket(service);
  await socket.init();
  const payload = { query: "", variables: { id }, ...named(STATS) };
  socket.send({ type: "subscribe", id: "1", payload });
  expect(await socket.next()).toEqual({
    type: "next",
    id: "1",
    payload: { data: { deliveryStatsUpdates: { total: 0 } } },
  });
  socket.cut();
});

test("the build's text wins over what is sent along with its hash", async () => {
  expect((await post({ query: "{ viewer { name } }", ...named(VIEWER) })).data).toEqual({ viewer: { kind: "apiKey" } });
});

test("an unknown hash is answered as persisted-query clients expect, which then send the text", async () => {
  const other = "{ viewer { isOperator } }";
  const refused = await post(named(other));
  expect(refused.status).toBe(400);
  expect(refused.errors).toMatchObject([
    { message: "PersistedQueryNotFound", extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } },
  ]);
  expect((await post({ query: other, ...named(other) })).data).toEqual({ viewer: { isOperator: true } });
  // It was not learned: what the build does not hold is never run by its hash.
  expect((await post(named(other))).errors).toMatchObject([{ extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }]);

  const socket = await openGraphQLSocket(service);
  await socket.init();
  socket.send({ type: "subscribe", id: "1", payload: { query: "", ...named(other) } });
  expect(await socket.next()).toMatchObject({
    type: "error",
    id: "1",
    payload: [{ message: "PersistedQueryNotFound" }],
  });
  expect(socket.isOpen).toBe(true);
  socket.cut();
});

test.for([
  ["a hash that is a number", { extensions: { persistedQuery: { sha256Hash: 5 } } }],
  ["no hash", { extensions: { persistedQuery: {} } }],
  ["nothing", { extensions: { persistedQuery: null } }],
  ["text", { extensions: { persistedQuery: "x" } }],
  ["a name of JavaScript's", { extensions: { persistedQuery: { sha256Hash: "__proto__" } } }],
  ["extensions that are a list", { extensions: [] }],
] as const)("%s instead of a hash is refused with an error", async ([, body]) => {
  const answer = await post(body);
  expect(answer.data).toBeNull();
  expect(answer.errors[0]?.extensions?.code).toMatch(/^(BAD_REQUEST|PERSISTED_QUERY_NOT_FOUND)$/);
});
