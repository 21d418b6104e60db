/** Whether each word is found in one of the texts, however letters, accents and the Turkish i are typed. */
export function matchesWords(words: string, texts: readonly string[]): boolean {
  const searched = folded(texts.join(" "));
  return folded(words)
    .split(/\s+/)
    .every((word) => searched.includes(word));
}

function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ı", "i").toLowerCase();
}
