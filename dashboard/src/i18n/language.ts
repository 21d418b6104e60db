export const languages = ["tr", "en"] as const;

export type Language = (typeof languages)[number];

const storageKey = "vera-qr-language";

/** The language chosen here before, else the first of the browser's that we speak, else Turkish. */
export function initialLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  return [stored, ...navigator.languages].map(spoken).find((language) => language !== null) ?? "tr";
}

export function storeLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
}

function spoken(tag: string | null): Language | null {
  const language = tag?.toLowerCase().split("-")[0];
  return languages.find((known) => known === language) ?? null;
}
