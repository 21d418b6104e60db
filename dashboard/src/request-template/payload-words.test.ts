import { EXPRESSION_FUNCTIONS, PAYLOAD_FIELDS } from "@vera-qr/templates";
import { expect, test } from "vitest";
import { requestEn } from "../i18n/messages/request.en.ts";
import { functionWordsTr } from "./function-words.tr.ts";

test("every field of the payload has a name for people", () => {
  const named = Object.keys(requestEn).filter((id) => id.startsWith("payloadField."));
  expect(named).toEqual(PAYLOAD_FIELDS.map(({ path }) => `payloadField.${path.replace("[]", "")}`));
});

test("every function of expressions is described in Turkish", () => {
  expect(Object.keys(functionWordsTr).toSorted()).toEqual(EXPRESSION_FUNCTIONS.map(({ name }) => name).toSorted());
});
