const aroundLength = 32;

/** A line about one place of a text: what stands before it, there, and behind it. White space is made visible; `…` stands for what is left out. */
export function differenceAt(text: string, at: number): { before: string; from: string; after: string } {
  const start = Math.max(0, at - aroundLength);
  const end = Math.min(text.length, at + aroundLength);
  return {
    before: (start > 0 ? "…" : "") + visible(text.slice(start, at)),
    from: visible(text.slice(at, at + 1)),
    after: visible(text.slice(at + 1, end)) + (end < text.length ? "…" : ""),
  };
}

function visible(text: string): string {
  return text.replaceAll("\n", "↵").replaceAll("\r", "␍").replaceAll("\t", "⇥").replaceAll(" ", "·");
}
