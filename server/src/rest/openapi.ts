import { z } from "zod";
import type { CronOperation, Operation } from "./operation.ts";
import { problemSchema } from "./problem.ts";
import { webhookRow } from "./webhook-row.ts";

export const OPENAPI_PATH = "/api/openapi.json";

type AnyOperation = Operation | CronOperation;
type JsonObject = Readonly<Record<string, unknown>>;

const REFUSALS: Readonly<Record<number, string>> = {
  400: "A field is wrong; `errors` names each one and the reason.",
  401: "The credential is missing, unknown, revoked or expired.",
  403: "The key lacks the scope.",
  404: "It does not exist, or is not yours.",
  409: "The idempotency key was used for an event with different content.",
  413: "The body is larger than 8 MiB.",
  415: "The body is not declared as JSON.",
  500: "Unexpected; `requestId` is in the server's log.",
  503: "The database cannot be reached. Nothing was acknowledged: repeat the call.",
};

/** The OpenAPI 3.1 document of the operations, made from the same schemas that check the calls. */
export function createOpenApiDocument(operations: readonly AnyOperation[], version: string): JsonObject {
  return {
    openapi: "3.1.1",
    info: {
      title: "VERA-QR Webhooks",
      version,
      description:
        "Order events of VERA-QR restaurants, delivered to the systems they chose. Times are UTC; fields that are not documented are ignored in requests and never sent in answers. The GraphQL API at `/graphql` does all this and more.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: [
      { name: "webhooks", description: "Where an organization's events are sent, and what became of them." },
      { name: "events", description: "What happened to orders." },
    ],
    paths: { ...paths(operations), [OPENAPI_PATH]: { get: describeItself() } },
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description:
            "An API key: `Authorization: Bearer <key>`. The role that an operation names is the scope that the key needs.",
        },
        cronSecret: { type: "http", scheme: "bearer", description: "The server's `CRON_SECRET`." },
      },
      schemas: componentSchemas(operations),
    },
  };
}

function paths(operations: readonly AnyOperation[]): JsonObject {
  return Object.fromEntries(
    [...Map.groupBy(operations, ({ path }) => path)].map(([path, those]) => [
      path,
      Object.fromEntries(those.map((operation) => [operation.method, describe(operation)])),
    ]),
  );
}

function describe(operation: AnyOperation): JsonObject {
  const { name, summary, path, answer } = operation;
  const { scope } = operation;
  const { body, query, location }: Partial<Operation> = operation.scope === null ? {} : operation;
  const parameters = [...(path.includes("{id}") ? [ID_PARAMETER] : []), ...queryParameters(query)];
  return {
    operationId: name,
    summary,
    description: operation.description,
    tags: [path.split("/")[2]],
    security: [scope === null ? { cronSecret: [] } : { apiKey: [scope] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: reference(bodyName(operation)), example: body.example } },
      },
    }),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(location !== undefined && {
          headers: { Location: { description: "Where it is found.", schema: { type: "string" } } },
        }),
        content: { "application/json": { schema: reference(answerName(operation)), example: answer.example } },
      },
      ...Object.fromEntries(refusalsOf(operation).map((status) => [status, describeRefusal(status)])),
    },
  };
}

/** What follows from the parts of an operation, and what it says itself. */
function refusalsOf(operation: AnyOperation): readonly number[] {
  if (operation.scope === null) return [401, 404, 500, 503];
  const { path, query, body, refusals = [] } = operation;
  const statuses = [401, 403, 500, 503, ...refusals];
  if (path.includes("{id}")) statuses.push(404);
  if (query !== undefined || body !== undefined) statuses.push(400);
  if (body !== undefined) statuses.push(413, 415);
  return [...new Set(statuses)].sort();
}

function describeRefusal(status: number): JsonObject {
  const headers = {
    401: { "WWW-Authenticate": { description: "`Bearer`.", schema: { type: "string" } } },
    503: { "Retry-After": { description: "Seconds.", schema: { type: "integer" } } },
  }[status];
  return {
    description: REFUSALS[status],
    ...(headers !== undefined && { headers }),
    content: { "application/problem+json": { schema: reference("Problem") } },
  };
}

const ID_PARAMETER = {
  name: "id",
  in: "path",
  required: true,
  description: "The webhook.",
  schema: { type: "string", format: "uuid" },
};

function queryParameters(query: z.ZodObject | undefined): readonly JsonObject[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(query, "input");
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    required: required.includes(name),
    description,
    schema,
  }));
}

function describeItself(): JsonObject {
  return {
    operationId: "getOpenApiDocument",
    summary: "Read this document",
    description: "The OpenAPI 3.1 document of this API.",
    tags: ["webhooks"],
    security: [],
    responses: {
      200: { description: "This document.", content: { "application/json": { schema: { type: "object" } } } },
    },
  };
}

const bodyName = ({ name }: AnyOperation): string => `${capitalized(name)}Body`;
const answerName = ({ name }: AnyOperation): string => `${capitalized(name)}Answer`;

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function reference(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

function componentSchemas(operations: readonly AnyOperation[]): JsonObject {
  const answers: Record<string, z.ZodType> = { Problem: problemSchema, Webhook: webhookRow };
  const bodies: Record<string, z.ZodType> = {};
  for (const operation of operations) {
    answers[answerName(operation)] = operation.answer.schema;
    if (operation.scope !== null && operation.body !== undefined) bodies[bodyName(operation)] = operation.body.schema;
  }
  return { ...namedJsonSchemas(bodies, "input"), ...namedJsonSchemas(answers, "output") };
}

type Direction = "input" | "output";
type ObjectSchema = {
  readonly properties?: Readonly<Record<string, JsonObject>>;
  readonly required?: readonly string[];
};

const conversion = (io: Direction) => ({
  io,
  // Checks in code have no JSON Schema of their own: their fields say in `meta` what can be said.
  unrepresentable: "any" as const,
  override({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
    // The format says the same, legibly.
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  },
});

function jsonSchema(schema: z.ZodType, io: Direction): ObjectSchema {
  return z.toJSONSchema(schema, conversion(io)) as ObjectSchema;
}

/** Schemas by their names; where one contains another, it refers to it. */
function namedJsonSchemas(named: Readonly<Record<string, z.ZodType>>, io: Direction): JsonObject {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const uri = (id: string): string => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(registry, { ...conversion(io), uri });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _dialect, $id: _id, ...schema }]) => [name, schema]),
  );
}
