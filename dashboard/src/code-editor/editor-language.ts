/** What is written in an editor: JSON with expressions in its strings, one line of text with expressions, or one expression. */
export type EditorLanguage = "bodyTemplate" | "lineTemplate" | "expression";
