const linesPerPart = 100;

/** A text in parts of some lines each, which together are the text: what is not on the screen need not be laid out. */
export function textParts(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let lines = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) {
    lines += 1;
    if (lines < linesPerPart) continue;
    parts.push(text.slice(start, end + 1));
    start = end + 1;
    lines = 0;
  }
  return [...parts, text.slice(start)];
}
