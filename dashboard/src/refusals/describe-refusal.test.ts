import { readFileSync } from "node:fs";
import { buildSchema, isEnumType } from "graphql";
import { createIntl } from "react-intl";
import { expect, test } from "vitest";
import { loadMessages } from "../i18n/load-messages.ts";
import { describeRefusal } from "./describe-refusal.ts";
import type { Refusal } from "./refusal.ts";
import { type RefusalWord, refusalWordsEn } from "./refusal-words.en.ts";
import { refusalWordsTr } from "./refusal-words.tr.ts";

const root = new URL("../../../", import.meta.url);
const schema = buildSchema(readFileSync(new URL("schema.graphql", root), "utf8"));
const english = createIntl({ locale: "en", messages: (await loadMessages("en")).messages });
const turkish = createIntl({ locale: "tr", messages: (await loadMessages("tr")).messages });
const unknown = refusalWordsTr["call.refused"];

test.each(namesOf("ErrorCode"))("the server's code %s has words", (code) => {
  expect(describeRefusal(turkish, { code })).not.toBe(unknown);
});

test.each(namesOf("ErrorReason"))("the server's reason %s has words of its own", (reason) => {
  const byCode = describeRefusal(turkish, { code: "INVALID_INPUT" });
  const text = describeRefusal(turkish, { code: "INVALID_INPUT", reason: reason as NonNullable<Refusal["reason"]> });
  expect([unknown, byCode]).not.toContain(text);
});

test.each(callCodes())("%s, which a call to GraphQL may be answered with, has words", (code) => {
  expect(describeRefusal(turkish, { code })).not.toBe(unknown);
});

test("a code that is newer than the page is a refusal all the same", () => {
  expect(describeRefusal(turkish, { code: "BRAND_NEW" })).toBe(unknown);
});

test("limits and what is allowed are said in the reader's language", () => {
  const tooMany: Refusal = { code: "INVALID_INPUT", reason: "TOO_MANY_DELIVERIES", max: 100_000 };
  expect(describeRefusal(english, tooMany)).toContain("100,000");
  expect(describeRefusal(turkish, tooMany)).toContain("100.000");
  const allowed: Refusal = { code: "INVALID_INPUT", reason: "NOT_ALLOWED", allowed: ["a", "b", "c"] };
  expect(describeRefusal(english, allowed)).toBe("Possible are: a, b, and c.");
  expect(describeRefusal(turkish, allowed)).toBe("Kullanılabilecek değerler: a, b ve c.");
  const tooLarge: Refusal = { code: "INVALID_INPUT", reason: "TOO_LARGE" };
  expect(describeRefusal(turkish, { ...tooLarge, max: 65_536 })).toBe("En fazla 64 KiB olabilir.");
  expect(describeRefusal(turkish, { ...tooLarge, max: 1_048_576 })).toBe("En fazla 1 MiB olabilir.");
});

test("a field is named only where the text does not stand beside it", () => {
  const refusal: Refusal = { code: "INVALID_INPUT", field: "filter.since", reason: "RANGE_REVERSED" };
  expect(describeRefusal(english, refusal)).toBe("filter.since: The end must be after the beginning.");
  expect(describeRefusal(english, refusal, { atField: true })).toBe("The end must be after the beginning.");
  const gone: Refusal = { code: "NOT_FOUND", field: "id" };
  expect(describeRefusal(english, gone)).toBe("This does not exist any more.");
});

test("a failure of the server says the number under which its log has it", () => {
  expect(describeRefusal(turkish, { code: "INTERNAL_SERVER_ERROR", requestId: "0198" })).toMatch(/: 0198$/);
});

test.each(Object.keys(refusalWordsEn) as RefusalWord[])("%s takes the same values in both languages", (word) => {
  expect(placeholders(refusalWordsTr[word])).toEqual(placeholders(refusalWordsEn[word]));
});

function namesOf(name: string): string[] {
  const type = schema.getType(name);
  return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
}

/** Out of the guide for integrators, whose own tests compare it with the server. */
function callCodes(): string[] {
  const guide = readFileSync(new URL("docs/guide/errors.md", root), "utf8");
  const section = guide.split("\n## The call itself\n")[1]?.split("\n## ")[0] ?? "";
  return [...section.matchAll(/^\| `([A-Z_]+)` +\| (?:both|GraphQL|WebSocket) /gm)].map(([, code]) => code ?? "");
}

function placeholders(message: string): string[] {
  return [...new Set([...message.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? ""))].toSorted();
}
