const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[^\s"]+|\s+/gs;

/** The same JSON without white space between its tokens; null when it is no JSON. Unlike parsing and writing, it leaves numbers and escapes as they are. */
export function compactJson(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return (text.match(TOKEN) ?? []).filter((token) => token.trim() !== "").join("");
}
