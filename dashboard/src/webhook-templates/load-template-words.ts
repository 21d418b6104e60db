import type { Language } from "../i18n/language.ts";
import type { TemplateWords } from "./template-words.ts";

/** By the template's id. */
type WordsOfTemplates = Readonly<Record<string, TemplateWords>>;

const loading = new Map<Language, Promise<WordsOfTemplates>>();

/** What the API says in English only, in other languages; nothing if it does not arrive. Always the same promise. */
export function loadTemplateWords(language: Language): Promise<WordsOfTemplates> {
  const words = loading.get(language) ?? importWords(language).catch(() => ({}));
  loading.set(language, words);
  return words;
}

async function importWords(language: Language): Promise<WordsOfTemplates> {
  return language === "tr" ? (await import("./template-words.tr.ts")).templateWordsTr : {};
}
