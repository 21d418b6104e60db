import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createIntl } from "react-intl";
import { type ESTree, parseSync, Visitor } from "vite";
import { expect, test } from "vitest";
import { type MessageId, en as pagesEn } from "./en.ts";
import { requestEn } from "./messages/request.en.ts";
import { requestTr } from "./messages/request.tr.ts";
import { tr as pagesTr } from "./tr.ts";

const source = fileURLToPath(new URL("..", import.meta.url));
const en = { ...pagesEn, ...requestEn };
const tr = { ...pagesTr, ...requestTr };
const ids = Object.keys(en) as MessageId[];
const hasLetters = /\p{Letter}/u;
const spokenAttributes = new Set(["title", "label", "alt", "placeholder", "description", "aria-label"]);

test("both languages have the same messages", () => {
  expect(Object.keys(tr).toSorted()).toEqual(ids.toSorted());
});

test.each(ids)("%s takes the same values in both languages and is not empty", (id) => {
  expect(placeholders(tr[id])).toEqual(placeholders(en[id]));
  expect(tr[id].trim()).not.toBe("");
  expect(en[id].trim()).not.toBe("");
});

test.each([
  ["en", en],
  ["tr", tr],
] as const)("every message of %s is well-formed", (locale, messages) => {
  const problems: unknown[] = [];
  const intl = createIntl({ locale, messages, onError: (problem) => problems.push(problem) });
  const values = Object.fromEntries(ids.flatMap((id) => placeholders(en[id])).map((name) => [name, 2]));
  for (const id of ids) intl.formatMessage({ id }, values);
  expect(problems).toEqual([]);
});

test("no text or label is written into a component", () => {
  expect(globSync("**/*.tsx", { cwd: source }).flatMap(hardCodedTexts)).toEqual([]);
});

test("every message is used", () => {
  const code = globSync("**/*.{ts,tsx}", { cwd: source, exclude: ["i18n/**", "graphql/generated/**"] })
    .map((path) => readFileSync(source + path, "utf8"))
    .join("\n");
  const composed = [...code.matchAll(/`([a-z.]+)\$\{/gi)].map(([, prefix]) => prefix ?? "");
  const unused = ids.filter((id) => !code.includes(`"${id}"`) && !composed.some((prefix) => id.startsWith(prefix)));
  expect(unused).toEqual([]);
});

function placeholders(message: string): string[] {
  return [...new Set([...message.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? ""))].toSorted();
}

function hardCodedTexts(path: string): string[] {
  const found: string[] = [];
  const note = (text: string) => {
    if (hasLetters.test(text)) found.push(`${path}: ${text.trim()}`);
  };
  const { program } = parseSync(path, readFileSync(source + path, "utf8"));
  new Visitor({
    // biome-ignore-start lint/correctness/noComponentHookFactories: names of syntax nodes, not components
    JSXText: (node) => note(node.value),
    JSXAttribute: (node) => {
      if (spokenAttributes.has(nameOf(node)) && node.value?.type === "Literal") note(String(node.value.value));
    },
    // biome-ignore-end lint/correctness/noComponentHookFactories: see above
  }).visit(program);
  return found;
}

function nameOf(attribute: ESTree.JSXAttribute): string {
  return attribute.name.type === "JSXIdentifier" ? attribute.name.name : attribute.name.name.name;
}
