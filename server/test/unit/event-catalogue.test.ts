import { describe, expect, test } from "vitest";
import { EVENT_TYPES, type EventTypeDefinition } from "../../src/domain/event-catalogue.ts";
import { readGuide } from "../support/guide-blocks.ts";
import { payloadValidator } from "../support/payload-validator.ts";

const catalogue: readonly EventTypeDefinition[] = Object.values(EVENT_TYPES);

describe.each(catalogue)("$name", ({ name, description, isOperational, jsonSchema, example }) => {
  const problems = payloadValidator(jsonSchema);
  const data = example["data"] as Record<string, unknown>;

  test("has an example that is valid by its schema", () => {
    expect(problems(example)).toBeNull();
  });

  test("has a schema that refuses what is not sent", () => {
    const { id: _id, ...withoutId } = data;
    const { webhook: _webhook, ...withoutWebhook } = data;
    const wrong = {
      event: { ...example, event: "order.eaten" },
      metadata: { ...example, metadata: {} },
      timestamp: { ...example, timestamp: "yesterday" },
      ...(isOperational
        ? { data: { ...example, data: withoutWebhook }, webhook: { ...example, data: { ...data, webhook: {} } } }
        : {
            data: { ...example, data: withoutId },
            items: { ...example, data: { ...data, items: [] } },
            amount: { ...example, data: { ...data, total_amount: "179.80" } },
          }),
    };
    for (const payload of Object.values(wrong)) expect(problems(payload)).not.toBeNull();
  });

  test("has a schema that lets further fields pass", () => {
    expect(
      problems({ ...example, data: { ...data, tip: 5 }, metadata: { ...(example["metadata"] as object), x: [] } }),
    ).toBeNull();
  });

  test("says what it is", () => {
    expect(example["event"]).toBe(name);
    expect(jsonSchema).toMatchObject({ title: name, description });
  });
});

test("the guide's table is the catalogue", () => {
  const rows = [...readGuide("events.md").matchAll(/^\| `([\w.]+)`\s*\| `(\w+)`\s*\| (.+?)\s*\| (.+?)\s*\|$/gm)];
  expect(rows.map((row) => row.slice(1))).toEqual(
    Object.entries(EVENT_TYPES).map(([key, { name, description, isPublishable }]) => [
      name,
      key,
      description,
      isPublishable ? "yes" : "no",
    ]),
  );
});

test("the guide's payload is the catalogue's example", () => {
  const [, shown] = readGuide("events.md").match(/^```json payload\n([\s\S]*?)^```$/m) ?? [];
  expect(JSON.parse(shown ?? "null")).toEqual(EVENT_TYPES.ORDER_CREATED.example);
});
