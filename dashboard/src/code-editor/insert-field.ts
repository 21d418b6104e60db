import { syntaxTree } from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import type { EditorLanguage } from "./editor-language.ts";
import { expressionSpans } from "./expression-spans.ts";

/** Writes a field where the cursor is: as a path within an expression, else with the braces, and in JSON with the quotes that it needs. */
export function insertField(view: EditorView, language: EditorLanguage, path: string): void {
  const { state } = view;
  const { from, to } = state.selection.main;
  const insert = textAt(state.doc.toString(), from, language, path, () => {
    const { name } = syntaxTree(state).resolveInner(from, -1);
    return name === "String" || name === "PropertyName";
  });
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    scrollIntoView: true,
    userEvent: "input",
  });
  view.focus();
}

function textAt(
  text: string,
  position: number,
  language: EditorLanguage,
  path: string,
  isInString: () => boolean,
): string {
  const isInExpression = expressionSpans(text).some(({ from, to }) => from <= position && position <= to);
  if (language === "expression" || isInExpression) return path;
  const template = `{{ ${path} }}`;
  return language === "lineTemplate" || isInString() ? template : JSON.stringify(template);
}
