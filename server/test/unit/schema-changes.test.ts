import { expect, test } from "vitest";
import { schemaChanges, unannounced } from "../../../scripts/schema-changes.ts";

const BASELINE = `
  type Query { delivery(id: ID!): Delivery deliveries(status: Status = FAILED): [Delivery!]! }
  type Delivery { id: ID! status: Status! note: String }
  type Mutation { retry(input: RetryInput!): Delivery }
  input RetryInput { id: ID! reason: String }
  enum Status { SUCCESS FAILED }`;

const changed = (from: string, to: string) => schemaChanges(BASELINE, BASELINE.replace(from, to));

test.for([
  ["a field that is gone", "note: String ", "", "Delivery.note"],
  ["a field that may now be null", "status: Status! note", "status: Status note", "Delivery.status"],
  ["a field of another type", "note: String", "note: Int", "Delivery.note"],
  ["an argument that is gone", "(status: Status = FAILED)", "", "Query.deliveries.status"],
  ["a new argument that is required", "delivery(id: ID!)", "delivery(id: ID!, at: Int!)", "Query.delivery.at"],
  ["an input field that is now required", "reason: String", "reason: String!", "RetryInput.reason"],
  ["a new input field that is required", "reason: String", "reason: String by: ID!", "RetryInput.by"],
  ["an enum value that is gone", "SUCCESS FAILED }", "FAILED }", "Status.SUCCESS"],
] as const)("%s is breaking", async ([, from, to, path]) => {
  const { breaking } = await changed(from, to);
  expect(breaking.map((change) => change.path)).toContain(path);
});

test.for([
  ["a type", "enum Status", "type Attempt { id: ID! } enum Status"],
  ["a field", "note: String", "note: String attempts: Int!"],
  ["an argument that may be absent", "delivery(id: ID!)", "delivery(id: ID!, at: Int)"],
  ["an input field that may be absent", "reason: String", "reason: String by: ID"],
  ["an enum value", "FAILED }", "FAILED SKIPPED }"],
  ["a description", "enum Status", '"""Where it stands.""" enum Status'],
] as const)("%s that is added is not breaking", async ([, from, to]) => {
  expect((await changed(from, to)).breaking).toEqual([]);
});

test("a new enum value is reported as dangerous", async () => {
  const { dangerous } = await changed("FAILED }", "FAILED SKIPPED }");
  expect(dangerous.map(({ path }) => path)).toEqual(["Status.SKIPPED"]);
});

test("a planned change is one whose path the changelog names under Unreleased", async () => {
  const { breaking } = await changed("note: String ", "");
  const changelog = (unreleased: string) =>
    `# Changelog\n\n## Unreleased\n\n${unreleased}\n\n## 0.1.0\n\n- \`Delivery.note\` is new.\n`;

  expect(unannounced(breaking, changelog("- `Delivery.note` is gone."))).toEqual([]);
  expect(unannounced(breaking, changelog("- `Delivery.notes` is gone."))).toEqual(breaking);
  expect(unannounced(breaking, "# Changelog")).toEqual(breaking);
});
