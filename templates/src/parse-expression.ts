import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import { ExpressionError, type Span } from "./expression-error.ts";
import { LIMITS } from "./limits.ts";

/** CEL's grammar is the library's; what an expression means is ours, because the library cannot bound what one costs. */
const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: {
    maxAstNodes: LIMITS.expressionNodes,
    maxDepth: LIMITS.expressionDepth,
    maxListElements: LIMITS.expressionNodes,
    maxMapEntries: LIMITS.expressionNodes,
    maxCallArguments: 10,
  },
});

interface LibraryError {
  readonly code: string;
  readonly summary: string;
  readonly range?: { readonly start: number; readonly end: number };
}

/** The syntax tree; throws an `ExpressionError` for what is not CEL. */
export function parseExpression(source: string): ASTNode {
  const whole = { from: 0, to: source.length };
  if (source.trim() === "") throw new ExpressionError("SYNTAX", "An expression is missing.", whole);
  if (source.length > LIMITS.textChars) {
    throw new ExpressionError("LIMIT", `An expression may have at most ${LIMITS.textChars} characters.`, whole);
  }
  try {
    return environment.parse(source).ast;
  } catch (error) {
    if (error instanceof RangeError) throw new ExpressionError("LIMIT", "This expression nests too deeply.", whole);
    if (!isLibraryError(error)) throw error;
    const span = error.range === undefined ? whole : spanOf(error.range, source);
    if (error.code === "limit_exceeded") {
      const message = error.summary.includes("maxDepth")
        ? `This expression nests too deeply (at most ${LIMITS.expressionDepth}).`
        : `This expression has too many parts (at most ${LIMITS.expressionNodes}).`;
      throw new ExpressionError("LIMIT", message, span);
    }
    throw new ExpressionError("SYNTAX", SENTENCES[error.code] ?? `${inWords(error.summary)}.`, span);
  }
}

function isLibraryError(error: unknown): error is LibraryError {
  return error instanceof Error && "summary" in error && "code" in error;
}

function spanOf({ start, end }: { readonly start: number; readonly end: number }, source: string): Span {
  const from = Math.min(start, source.length);
  return { from, to: Math.max(from, Math.min(end, source.length)) };
}

const TOKENS: Readonly<Record<string, string>> = {
  EOF: "the end",
  NUMBER: "a number",
  STRING: "text",
  IDENTIFIER: "a name",
  LPAREN: "(",
  RPAREN: ")",
  LBRACKET: "[",
  RBRACKET: "]",
  LBRACE: "{",
  RBRACE: "}",
  DOT: ".",
  COMMA: ",",
  COLON: ":",
  QUESTION: "?",
};

/** Where the library's own words do not help. */
const SENTENCES: Readonly<Record<string, string>> = {
  newline_in_string: "A line break in a text is written \\n; inside JSON, \\\\n.",
  reserved_identifier: "This word is reserved.",
};

/** The library's words, with its tokens put as they are written. */
function inWords(summary: string): string {
  return summary.replace(/\b[A-Z]{3,}\b/g, (token) => TOKENS[token] ?? token);
}
