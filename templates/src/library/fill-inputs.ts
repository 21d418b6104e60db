/** What stands for each input of a template, by its key; null for nothing. */
export type InputValues = ReadonlyMap<string, string | null>;

const PLACEHOLDER = /<([A-Za-z][A-Za-z0-9]*)>/g;

/** A template's text with the values in place of `<key>`, each encoded for where it stands; what is no input stays as it is. */
export function fillInputs(text: string, values: InputValues, encode = (value: string): string => value): string {
  return text.replace(PLACEHOLDER, (written, key: string) =>
    values.has(key) ? encode(values.get(key) ?? "") : written,
  );
}

/** Encodes a value for within a string of a JSON body. */
export function withinJsonString(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** The inputs that a text names, by their keys. */
export function namedInputs(text: string, values: InputValues): readonly string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, key]) => key as string).filter((key) => values.has(key));
}
