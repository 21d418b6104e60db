import { serverAudits } from "graphql-http";
import { describe, expect } from "vitest";
import { createOrganization, createWebhook, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { receiver, service, test } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";

const get = (path: string, accept = "*/*"): Promise<Response> =>
  fetch(service.origin + path, { headers: { accept }, redirect: "manual" });

describe("GraphQL over HTTP", () => {
  // The audits are a list that needs no server to be read.
  const audits = serverAudits({
    url: () => `${service.origin}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${OPERATOR_KEY}`);
      return fetch(url, { ...init, headers });
    },
  });

  test.for(audits.map((audit) => [audit.id, audit.name, audit] as const))("%s %s", async ([, , audit]) => {
    const result = await audit.fn();
    expect(result.status, "reason" in result ? result.reason : "").toBe("ok");
  });
});

describe("health", () => {
  test("/healthz says that the process runs, without a credential", async () => {
    const response = await get("/healthz");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: "ok" });
  });

  test("/readyz says that it can work, without a credential", async () => {
    const response = await get("/readyz");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: "ready" });
  });

  test("/metrics counts published events and attempts in Prometheus's format", async () => {
    const countOf = async (name: string): Promise<number> => {
      const response = await get("/metrics");
      expect(response.headers.get("content-type")).toContain("text/plain");
      const line = (await response.text()).split("\n").find((candidate) => candidate.startsWith(`${name} `));
      return Number(line?.slice(name.length + 1) ?? 0);
    };
    const organization = await createOrganization(service);
    await createWebhook(service, organization, receiver.url);
    const events = await countOf("vera_events_published_total");
    const delivered = await countOf('vera_attempts_total{outcome="delivered"}');
    await publish(service, organization);
    await eventually(
      () => deliveriesOf(service, organization),
      ([delivery]) => delivery?.status === "SUCCESS",
    );

    expect(await countOf("vera_events_published_total")).toBe(events + 1);
    expect(await countOf('vera_attempts_total{outcome="delivered"}')).toBe(delivered + 1);
    expect(await countOf("vera_attempt_duration_seconds_count")).toBeGreaterThan(0);
    expect(await countOf("vera_deliveries_held")).toBe(0);
  });

  test("/metrics holds no id of an organization, webhook or delivery", async () => {
    const text = await (await get("/metrics")).text();
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });
});

describe("GraphiQL", () => {
  test("is served to a browser, without a credential, as a page that loads nothing from elsewhere", async () => {
    const response = await get("/graphql", "text/html,application/xhtml+xml,*/*;q=0.8");
    const page = await response.text();

    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(page).toContain("GraphiQL");
    // Attributes of the page's own markup: what its scripts hold as text is not loaded.
    const markup = page.replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, (script) =>
      script.slice(0, script.indexOf(">") + 1),
    );
    const loaded = [...markup.matchAll(/\b(?:src|href)\s*=\s*["']?([^"'\s>]+)/g)].map((match) => match[1] ?? "");
    expect(loaded.filter((url) => /^(https?:)?\/\//.test(url))).toEqual([]);
    expect(page).not.toMatch(/@import\s+(url\()?["']?https?:|\bimport\s*\(?["']https?:|<link[^>]+https?:/);
  });

  test("is a page only: its queries need a credential like all others", async () => {
    const response = await fetch(`${service.origin}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/html, application/json" },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    expect(response.status).toBe(401);
  });

  test("its introspection query runs within the limits", async () => {
    const { getIntrospectionQuery } = await import("graphql");
    const response = await fetch(`${service.origin}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${OPERATOR_KEY}` },
      body: JSON.stringify({ query: getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true }) }),
    });
    expect(await response.json()).toMatchObject({ data: { __schema: { queryType: { name: "Query" } } } });
  });
});

test("the dashboard's routes and unknown paths answer without an error", async () => {
  for (const path of [
    "/",
    "/organizations/x",
    "/assets/../../../etc/passwd",
    "/assets/%2e%2e%2f%2e%2e%2fpackage.json",
    "/%00",
    "/%ff",
  ]) {
    const response = await get(path);
    expect(response.status, path).toBe(404);
    expect(await response.text()).not.toMatch(/root:|"dependencies"/);
  }
});
