/** A part of a text, in UTF-16 code units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where the expressions of a template stand, without their braces. One whose end is missing yet goes to the end of its line. */
export function expressionSpans(text: string): Span[] {
  const spans: Span[] = [];
  let at = text.indexOf("{{");
  while (at !== -1) {
    const from = at + 2;
    const to = endOfExpression(text, from);
    spans.push({ from, to });
    at = text.indexOf("{{", to);
  }
  return spans;
}

/** What is read in one go: a string, whose braces end nothing, the end of an expression or of its line, or any sign. */
const piece = /\\"(?:(?!\\")[^\n])*\\"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\}\}|\n|[\s\S]/y;

function endOfExpression(text: string, from: number): number {
  piece.lastIndex = from;
  for (let found = piece.exec(text); found !== null; found = piece.exec(text)) {
    if (found[0] === "}}" || found[0] === "\n") return found.index;
  }
  return text.length;
}
