import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { en } from "../../i18n/en.ts";
import { tr } from "../../i18n/tr.ts";
import { auditActions, isKnownAction } from "./audit-actions.ts";

test("every action that the server documents has a sentence in both languages", () => {
  const schema = readFileSync(new URL("../../../../schema.graphql", import.meta.url), "utf8");
  const documented = [...schema.matchAll(/^ {2}- `([a-z_]+\.[a-z_]+)`:/gm)].map(([, action]) => action);
  expect(documented.length).toBeGreaterThan(0);
  expect([...auditActions].toSorted()).toEqual(documented.toSorted());
  for (const action of auditActions) {
    expect(en[`audit.${action}`]).toContain("{actor}");
    expect(tr[`audit.${action}`]).toContain("{actor}");
  }
});

test("an action of a newer server is not taken for a known one", () => {
  expect(isKnownAction("webhook_config.painted")).toBe(false);
  expect(isKnownAction("webhook_config.created")).toBe(true);
});
