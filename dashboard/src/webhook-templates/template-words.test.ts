import { WEBHOOK_TEMPLATES } from "@vera-qr/templates/library";
import { expect, test } from "vitest";
import { templateSynonyms } from "./template-synonyms.ts";
import { templateWordsTr } from "./template-words.tr.ts";

test("Turkish has words for every template, and for nothing else", () => {
  expect(Object.keys(templateWordsTr).toSorted()).toEqual(WEBHOOK_TEMPLATES.map(({ id }) => id).toSorted());
});

test.each(WEBHOOK_TEMPLATES)("$id says in Turkish all that it says in English", ({ id, inputs, preparation }) => {
  const words = templateWordsTr[id];
  expect(Object.keys(words?.inputs ?? {}).toSorted()).toEqual(inputs.map(({ key }) => key).toSorted());
  expect(words?.preparation).toHaveLength(preparation.length);
  const texts = Object.values(words?.inputs ?? {}).flatMap(({ label, hint }) => [label, hint]);
  expect([words?.description, ...texts].filter((text) => !text?.trim())).toEqual([]);
});

test.each(WEBHOOK_TEMPLATES)("$id is found by synonyms", ({ id }) => {
  expect(templateSynonyms[id]).toMatch(/\w/);
});
