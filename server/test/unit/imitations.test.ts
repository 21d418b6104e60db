import { WEBHOOK_TEMPLATES } from "@vera-qr/templates/library";
import { describe, expect, test } from "vitest";
import { IMITATIONS } from "../../src/receiver/imitations/imitations.ts";
import { REFUSALS } from "../support/imitation-refusals.ts";
import { answerOf, isSuccess, NOW, TOKENS, templateRequest } from "../support/template-request.ts";

test("every template has an imitation, and there is no other", () => {
  expect([...IMITATIONS.keys()].toSorted()).toEqual(WEBHOOK_TEMPLATES.map(({ id }) => id).toSorted());
});

describe.for(Object.entries(REFUSALS))("what %s imitates refuses a request", ([id, refusals]) => {
  test.for(refusals)("%s", ([, change, status, says]) => {
    const answer = answerOf(id, change(templateRequest(id)));

    expect(answer).toMatchObject({ status, body: expect.stringContaining(says) });
    expect(isSuccess(id, answer)).toBe(false);
  });
});

test("the custom receiver refuses a request without a valid signature", () => {
  const context = { tokens: TOKENS, records: new Map(), now: NOW, isSignatureValid: false };

  expect(IMITATIONS.get("custom")?.answer(templateRequest("custom"), context)).toMatchObject({ status: 401 });
});

test("a repeated upsert leads to one record, however the external id's letters are written", () => {
  const records = new Map<string, string>();
  const first = templateRequest("salesforce-upsert");
  const answers = [first, first, { ...first, path: first.path.replace("ORD-", "ord-") }].map((request) =>
    answerOf("salesforce-upsert", request, records),
  );

  expect(answers.map(({ status }) => status)).toEqual([201, 200, 200]);
  expect(new Set(answers.map(({ body }) => JSON.parse(body).id)).size).toBe(1);
});

test.for(["ok", "no_service", "", '"ok"', "OK"])(
  "Slack's word %j with status 200 is a success only if it is ok",
  (word) => {
    expect(isSuccess("slack", { status: 200, contentType: "text/plain", body: word })).toBe(word === "ok");
  },
);

test.for([
  ["zoho", '{"code":"INVALID_TOKEN","status":"error"}'],
  ["zoho", "not JSON"],
  ["zoho", '{"data":[{"status":"success"},{"status":"error"}]}'],
  ["odoo", '{"jsonrpc":"2.0","error":{"code":200}}'],
  ["odoo", "not JSON"],
  ["pipedrive", '{"success":false}'],
  ["pipedrive", "not JSON"],
] as const)("status 200 is no success of %s with %s", ([id, body]) => {
  let success = false;
  try {
    success = isSuccess(id, { status: 200, contentType: "application/json", body });
  } catch {
    // A condition that cannot be evaluated is no success either.
  }
  expect(success).toBe(false);
});
