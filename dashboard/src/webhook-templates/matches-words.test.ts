import { expect, test } from "vitest";
import { matchesWords } from "./matches-words.ts";

const texts = ["Salesforce", "Her siparişi Salesforce'ta bir kayıt olarak açar.", "müşteri satış fırsat SFDC"];

test.each(["salesforce", "SALESFORCE", "müşteri", "musteri", "SATIŞ", "satis", "kayit", "KAYIT", "sfdc sipariş", ""])(
  "%s is found",
  (words) => {
    expect(matchesWords(words, texts)).toBe(true);
  },
);

test.each(["slack", "salesforce slack", "müşterim"])("%s is not found", (words) => {
  expect(matchesWords(words, texts)).toBe(false);
});

test("an upper-case Turkish İ is the same letter as i", () => {
  expect(matchesWords("İŞ ORTAĞI", ["iş ortağı"])).toBe(true);
});
