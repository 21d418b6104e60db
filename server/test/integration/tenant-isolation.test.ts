import { randomUUID } from "node:crypto";
import { isObjectType } from "graphql";
import { describe, expect } from "vitest";
import { schema } from "../../src/graphql/schema.ts";
import { invite, join } from "../support/browser.ts";
import { createApiKey, type Scope } from "../support/create-api-key.ts";
import { anOrder, createOrganization } from "../support/fixtures.ts";
import { type GeneratedOperation, type GivenValue, generateOperations } from "../support/generated-operations.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import {
  createMarkedOrganization,
  type MarkedOrganization,
  missingThings,
  rowsOwnedBy,
  secretsOf,
  type ThingKind,
  type Things,
} from "../support/marked-organization.ts";
import { restRequest } from "../support/rest-request.ts";
import { subscribeBySse } from "../support/subscribe.ts";
import { receiver, service, sharedTest as test } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";

// Everything here is generated from the schema and from the OpenAPI document, so what is added to the API is in it by itself.

const FOREIGN_MARK = "markoftheforeign";

let own: MarkedOrganization;
let foreign: MarkedOrganization;
let secrets: RegExp;
test.beforeAll(async () => {
  own = await createMarkedOrganization(service, receiver, "markofourown");
  // So that all of its own is older: within a millisecond the order of ids is chance.
  service.clock.advanceBy(1);
  foreign = await createMarkedOrganization(service, receiver, FOREIGN_MARK);
  const owned = await secretsOf(service, own.things.organizationId);
  const ids = (await secretsOf(service, foreign.things.organizationId)).difference(owned);
  secrets = new RegExp([FOREIGN_MARK, ...ids].join("|"));
  const organization = { id: own.things.organizationId };
  for (const [name, scopes] of Object.entries(KEY_SCOPES)) {
    const { key } = await createApiKey(service, organization, scopes);
    credentials.set(name, { authorization: `Bearer ${key}` });
  }
  for (const [name, role] of Object.entries(PEOPLE)) {
    const email = `${role.toLowerCase()}@own.example`;
    const browser = await join(service, organization, email, role);
    // Roles of another organization count for nothing here. It is made later than the others, so that it is listed after them.
    service.clock.advanceBy(1);
    const elsewhere = await createOrganization(service, `Elsewhere of ${email}`);
    const token = await invite(service, elsewhere, email, "OWNER");
    await browser.send("POST", "/api/auth/invitation/accept", { token });
    credentials.set(name, { cookie: browser.cookie, origin: service.origin });
  }
});

/** Everybody who may be in the own organization; people are owners of another one besides. */
const KEY_SCOPES: Readonly<Record<string, readonly Scope[]>> = {
  "a key with every scope": ["PUBLISH", "READ", "MANAGE"],
  "a key that publishes": ["PUBLISH"],
  "a key that reads": ["READ"],
  "a key that manages": ["MANAGE"],
};
const PEOPLE = { "an owner": "OWNER", "an admin": "ADMIN", "a viewer": "VIEWER" } as const;
type Credential = Readonly<Record<string, string>>;
/** The headers that say who asks. */
const credentials = new Map<string, Credential>();
const PROGRAMS = Object.keys(KEY_SCOPES);
const CALLERS = [...PROGRAMS, ...Object.keys(PEOPLE)];

/** What the ids in arguments and inputs are ids of. A new one has to be added here, or the generation fails. */
const KINDS: Readonly<Record<string, ThingKind | null>> = {
  organizationId: "organizationId",
  webhookConfigId: "webhookConfigId",
  eventId: "eventId",
  deliveryId: "deliveryId",
  newerThan: "deliveryId",
  orderId: "orderId",
  // Of the publisher's own world.
  menuItemId: null,
  tableId: null,
};
const KIND_OF_ID: readonly (readonly [RegExp, ThingKind])[] = [
  [/replay/i, "replayId"],
  [/webhook/i, "webhookConfigId"],
  [/deliver/i, "deliveryId"],
  [/orderEvent$/i, "eventId"],
  [/publish/i, "orderId"],
  [/apiKey/i, "apiKeyId"],
  [/organization/i, "organizationId"],
  [/member/i, "memberId"],
  [/invitation/i, "invitationId"],
];

const OPERATIONS = generateOperations(schema, {
  kindOf(rootField, name) {
    const kind = name === "id" ? KIND_OF_ID.find(([pattern]) => pattern.test(rootField))?.[1] : KINDS[name];
    if (kind === undefined) throw new Error(`Say in KINDS what "${name}" of ${rootField} is an id of.`);
    return kind;
  },
  sample(name, type) {
    if (name === "url") return receiver.url;
    if (name === "email") return "new@own.example";
    if (name === "order") return anOrder();
    return (
      { Int: 1, Float: 1, Boolean: true, DateTime: "2030-01-01T00:00:00Z", JSONObject: {}, ID: randomUUID() }[type] ??
      `new ${name}`
    );
  },
});
/** Finds nothing by texts: it says what is wrong with them, in their own words. */
const DRY_RUN = "Query.requestTemplateDryRun";
const QUERIES = OPERATIONS.filter(({ operation }) => operation === "query");

test("every field of every type that the API leads to is asked for", () => {
  const asked = new Set(OPERATIONS.flatMap(({ documents }) => documents.flatMap(({ coordinates }) => coordinates)));
  const fields = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith("__"))
    .flatMap((type) =>
      isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
    );
  expect(fields.filter((field) => !asked.has(field))).toEqual([]);
});

test("no id leads past the typed fields: there is no node(id)", () => {
  expect(OPERATIONS.map(({ name }) => name).filter((name) => /\.nodes?$/.test(name))).toEqual([]);
});

/** An answer with what was asked for by id blanked out: what is left must not depend on whether a foreign or a missing id was asked for. */
async function answerOf(
  operation: GeneratedOperation,
  text: string,
  variables: Record<string, unknown>,
  credential: Credential,
  given: Things,
): Promise<string> {
  const answer =
    operation.operation === "subscription"
      ? await firstResult(text, variables, credential)
      : await graphqlRequest(service, { query: text, variables, key: null, headers: credential }).then(
          ({ status, text: body }) => `${status} ${body}`,
        );
  return Object.entries(given).reduce((blanked, [kind, id]) => blanked.replaceAll(id, `<${kind}>`), answer);
}

async function firstResult(query: string, variables: Record<string, unknown>, credential: Credential): Promise<string> {
  const subscription = await subscribeBySse<object>(service, query, variables, credential);
  try {
    return await subscription.next(300).then(JSON.stringify, (error: Error) => error.message);
  } finally {
    await subscription.close();
  }
}

/** The ways to ask with ids of another: each id by itself among one's own, and all of them. */
function substitutions({ identifiers }: GeneratedOperation): readonly ((things: Things) => readonly GivenValue[])[] {
  const one =
    ({ path, kind }: (typeof identifiers)[number]) =>
    (things: Things): GivenValue => ({ path, value: things[kind as ThingKind] });
  const each = identifiers.map((identifier) => (things: Things) => [one(identifier)(things)]);
  return identifiers.length < 2
    ? each
    : [...each, (things: Things) => identifiers.map((identifier) => one(identifier)(things))];
}

// Before anything is changed: afterwards there are things of their own that say with which foreign ids they were asked for.
describe.for(CALLERS)("%s reads", (caller) => {
  test.for(QUERIES)(
    "$name: what is its own has nothing of another's in it, whatever is searched for",
    async (operation) => {
      const credential = credentials.get(caller) ?? {};
      for (const { text } of operation.documents) {
        const searches = operation.texts.filter(() => operation.name !== DRY_RUN);
        const looking = searches.flatMap((path) =>
          [FOREIGN_MARK, `ORD-${FOREIGN_MARK}`, "%"].map((value) => ({ path, value })),
        );
        for (const given of [[], ...looking.map((value) => [value])]) {
          const variables = operation.variables((kind) => own.things[kind as ThingKind], given);
          const { text: answer } = await graphqlRequest(service, {
            query: text,
            variables,
            key: null,
            headers: credential,
          });
          expect(answer).not.toMatch(secrets);
        }
      }
    },
  );
});

describe.for(CALLERS)("%s asks for what is another's", (caller) => {
  test.for(OPERATIONS)(
    "$name: another organization's ids are answered like ids that nothing has, and change nothing",
    async (operation) => {
      const credential = credentials.get(caller) ?? {};
      const before = await rowsOwnedBy(service, foreign.things.organizationId);
      for (const { text } of operation.documents) {
        for (const given of substitutions(operation)) {
          const ask = (things: Things) =>
            answerOf(
              operation,
              text,
              operation.variables((kind) => own.things[kind as ThingKind], given(things)),
              credential,
              things,
            );
          const answer = await ask(foreign.things);
          expect(answer).not.toMatch(secrets);
          // What a mutation of the own organization answers has new ids in it each time.
          if (
            operation.operation !== "mutation" ||
            given(foreign.things).some(({ path }) => path.at(-1) === "organizationId" || path.at(-1) === "id")
          ) {
            expect(withoutNewIds(answer)).toBe(withoutNewIds(await ask(missingThings())));
          }
        }
      }
      expect(await rowsOwnedBy(service, foreign.things.organizationId)).toEqual(before);
    },
  );
});

/** What changes nothing of the restaurant. */
const FOR_VIEWERS = ["Mutation.updateProfile", "Mutation.previewWebhookPayload"];
const MUTATIONS = OPERATIONS.filter(({ operation, name }) => operation === "mutation" && !FOR_VIEWERS.includes(name));

test.for(MUTATIONS)("$name: a viewer is refused it, and nothing of the restaurant changes", async (operation) => {
  const headers = credentials.get("a viewer") ?? {};
  const before = await rowsOwnedBy(service, own.things.organizationId);
  const [{ text } = { text: "" }] = operation.documents;
  const [given = () => []] = substitutions(operation);
  const variables = operation.variables((kind) => own.things[kind as ThingKind], given(own.things));
  const answer = await graphqlRequest(service, { query: text, variables, key: null, headers });
  expect(answer.text).toContain("FORBIDDEN");
  expect(await rowsOwnedBy(service, own.things.organizationId)).toEqual(before);
});

const withoutNewIds = (answer: string): string => answer.replaceAll(/"(id|requestId)":"[0-9a-f-]{36}"/g, '"$1":"…"');

test("the same questions by somebody who may ask them do find the marks: the tests above can fail", async () => {
  const blind = new Set(QUERIES.map(({ name }) => name));
  for (const operation of QUERIES) {
    const [given = () => []] = substitutions(operation);
    for (const { text } of operation.documents) {
      const variables = operation.variables((kind) => foreign.things[kind as ThingKind], given(foreign.things));
      const answer = await graphqlRequest(service, { query: text, variables, key: OPERATOR_KEY });
      expect(answer.errors, text).toEqual([]);
      if (secrets.test(answer.text)) blind.delete(operation.name);
    }
  }
  // Only numbers, or nothing of any organization.
  expect([...blind].toSorted()).toEqual([
    "Query.deliveryCount",
    "Query.deliveryStats",
    "Query.eventTypes",
    "Query.systemStatus",
    "Query.webhookTemplates",
  ]);
});

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RestOperation>>>>;
}

interface RestOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: {
    readonly content: { readonly "application/json": { readonly example: Record<string, unknown> } };
  };
}

describe("the REST façade, as its OpenAPI document lists it", () => {
  const REST_KINDS: Readonly<Record<string, ThingKind>> = {
    organization_id: "organizationId",
    webhook_config_id: "webhookConfigId",
    delivery_id: "deliveryId",
  };

  async function restOperations(): Promise<readonly { method: string; path: string; operation: RestOperation }[]> {
    const { body } = await restRequest<OpenApi>(service, "GET", "/api/openapi.json");
    return Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
  }

  async function ask(
    entry: Awaited<ReturnType<typeof restOperations>>[number],
    things: Things,
    key: string,
  ): Promise<string> {
    const { operation, method } = entry;
    const example = operation.requestBody?.content["application/json"].example;
    const idOf = (name: string): string | undefined => things[REST_KINDS[name] as ThingKind];
    const body =
      example && Object.fromEntries(Object.entries(example).map(([name, value]) => [name, idOf(name) ?? value]));
    const query = (operation.parameters ?? [])
      .filter((parameter) => parameter.in === "query" && idOf(parameter.name) !== undefined)
      .map(({ name }) => `${name}=${idOf(name)}`);
    const kind = /logs|deliver/.test(entry.path) ? "deliveryId" : "webhookConfigId";
    const path = `${entry.path.replace("{id}", things[kind])}${query.length > 0 ? `?${query.join("&")}` : ""}`;
    const answer = await restRequest(service, method, path, { key, ...(body && { body }) });
    return Object.entries(things).reduce(
      (text, [name, id]) => text.replaceAll(id, `<${name}>`),
      `${answer.status} ${answer.text}`,
    );
  }

  test.for(PROGRAMS)(
    "%s: another organization's ids are answered like ids that nothing has, and change nothing",
    async (caller) => {
      const key = credentials.get(caller)?.["authorization"]?.replace("Bearer ", "") ?? "";
      const before = await rowsOwnedBy(service, foreign.things.organizationId);
      const entries = await restOperations();
      for (const entry of entries) {
        const answer = await ask(entry, foreign.things, key);
        expect(answer, entry.operation.operationId).not.toMatch(secrets);
        expect(answer, entry.operation.operationId).toBe(await ask(entry, missingThings(), key));
      }
      expect(entries.length).toBeGreaterThan(8);
      expect(await rowsOwnedBy(service, foreign.things.organizationId)).toEqual(before);
    },
  );
});
