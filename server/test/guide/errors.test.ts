import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type GraphQLEnumType, isEnumType } from "graphql";
import { describe, expect, test } from "vitest";
import { FAILURE_MESSAGES } from "../../src/dispatcher/describe-failure.ts";
import { ERROR_REASONS } from "../../src/domain/error-reasons.ts";
import { ERROR_CODES } from "../../src/domain/errors.ts";
import { schema } from "../../src/graphql/schema.ts";
import { REFUSAL_STATUS } from "../../src/rest/problem.ts";
import { graphqlRequest } from "../support/graphql-request.ts";
import { readGuide } from "../support/guide-blocks.ts";
import { restRequest } from "../support/rest-request.ts";
import { service, serviceTest } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";

/** The rows of the table below a heading, without the table's own headings. */
function tableBelow(heading: string): readonly (readonly string[])[] {
  const section =
    readGuide("errors.md")
      .split(/^## /m)
      .find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("|"));
  return lines.slice(2).map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
}

/** What the sources call a code, wherever they write one down. */
function codesIn(folders: string): readonly string[] {
  const source = join(import.meta.dirname, "../../src");
  const texts = globSync(`${folders}/**/*.ts`, { cwd: source }).map((file) => readFileSync(join(source, file), "utf8"));
  const declared = texts.flatMap((text) => [
    ...text.matchAll(/code\w*:? ?(?:=|:)? ?("[A-Z_]+"(?:\s*\|\s*"[A-Z_]+")*)/gi),
  ]);
  const answered = texts.flatMap((text) => [...text.matchAll(/(?:problem\(\w+, \d+,|refused\() ?("[A-Z_]+")/g)]);
  const codes = [...declared, ...answered].flatMap(([, list = ""]) => list.match(/[A-Z_]+/g) ?? []);
  return [...new Set(codes)];
}

test("every refusal is explained, with its meaning and its REST status as the API has them", () => {
  const type = schema.getType("ErrorCode");
  const meaning = (code: string) => (isEnumType(type) ? (type as GraphQLEnumType).getValue(code)?.description : null);

  expect(
    tableBelow("Refusals")
      .map((row) => row.slice(0, 3))
      .sort(),
  ).toEqual(ERROR_CODES.map((code) => [code, meaning(code), String(REFUSAL_STATUS[code])]).sort());
});

test("every reason is explained as the API has it", () => {
  expect(tableBelow("Reasons").map(([reason, meaning]) => `${reason}: ${meaning}`)).toEqual(
    Object.entries(ERROR_REASONS).map(([reason, meaning]) => `${reason}: ${meaning.replaceAll("`", "")}`),
  );
});

test("every failure of an attempt is explained, with what its log says", () => {
  const rows = tableBelow("Attempts");
  const known = rows.map(([code]) => code);

  for (const code of [...Object.keys(FAILURE_MESSAGES), ...codesIn("dispatcher")]) expect(known).toContain(code);
  for (const [code, meaning] of rows) {
    if (code !== undefined && code in FAILURE_MESSAGES) expect(meaning).toBe(FAILURE_MESSAGES[code]);
  }
});

test("every code that the GraphQL or the REST API writes is explained", () => {
  const known = [...tableBelow("Refusals"), ...tableBelow("The call itself")].map(([code]) => code);
  const written = codesIn("{graphql,http,rest}");

  expect(written).toContain("UNAUTHENTICATED");
  for (const code of written) expect(known).toContain(code);
});

describe("the call itself", () => {
  const row = (code: string, where: string): readonly string[] | undefined =>
    tableBelow("The call itself").find((cells) => cells[0] === code && [where, "both"].includes(cells[1] ?? ""));

  serviceTest.for<[string, Parameters<typeof graphqlRequest>[1]]>([
    ["UNAUTHENTICATED", { query: "{ viewer { name } }", key: null }],
    ["BAD_REQUEST", { body: "no JSON" }],
    ["BAD_REQUEST", { body: "[]" }],
    ["GRAPHQL_PARSE_FAILED", { query: "{" }],
    ["GRAPHQL_VALIDATION_FAILED", { query: "{ nothing }" }],
    ["OPERATION_RESOLUTION_FAILURE", { query: "query A { viewer { name } } query B { viewer { name } }" }],
    ["DOCUMENT_LIMIT_EXCEEDED", { query: `{ viewer { ${"name ".repeat(2000)} } }` }],
    ["NOT_ACCEPTABLE", { query: `subscription { deliveryStatsUpdates(organizationId: "x") { total } }` }],
    ["UNSUPPORTED_MEDIA_TYPE", { body: "{}", headers: { "content-type": "text/plain" } }],
    ["none", { query: "query ($id: ID!) { webhookConfig(id: $id) { id } }" }],
  ])("GraphQL answers %s as the guide says", async ([code, request]) => {
    const { status, errors } = await graphqlRequest(service, request);

    expect(errors[0]?.extensions?.code ?? "none").toBe(code);
    expect(row(code, "GraphQL")?.[2]).toBe(String(status));
  });

  serviceTest.for<[string, string, string, { body?: unknown; key?: string | null }]>([
    ["UNAUTHENTICATED", "GET", "/api/webhooks", { key: null }],
    ["NOT_FOUND", "GET", "/api/nothing", {}],
    ["METHOD_NOT_ALLOWED", "PUT", "/api/webhooks", {}],
    ["TOO_LARGE", "POST", "/api/events", { body: `"${"x".repeat(8 * 1024 * 1024)}"` }],
  ])("REST answers %s as the guide says", async ([code, method, path, options]) => {
    const { status, body } = await restRequest(service, method, path, { key: OPERATOR_KEY, ...options });

    expect(body.code).toBe(code);
    expect(row(code, "REST")?.[2]).toBe(String(status));
  });
});
