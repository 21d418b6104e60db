import { Prec, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { EditorLanguage } from "./editor-language.ts";
import { expressionSpans } from "./expression-spans.ts";
import { expressionTokens } from "./expression-tokens.ts";

const expression = Decoration.mark({ class: "cm-expression" });

/** Colours the expressions of a text: all of it, or what stands between double braces. */
export function expressionHighlighting(language: EditorLanguage) {
  const draw = ({ state }: EditorView): DecorationSet => {
    const text = state.doc.toString();
    const isTemplate = language !== "expression";
    const builder = new RangeSetBuilder<Decoration>();
    for (const { from, to } of isTemplate ? expressionSpans(text) : [{ from: 0, to: text.length }]) {
      if (isTemplate) builder.add(from - 2, Math.min(to + 2, text.length), expression);
      for (const token of expressionTokens(text.slice(from, to))) {
        builder.add(from + token.from, from + token.to, Decoration.mark({ class: `cm-token-${token.kind}` }));
      }
    }
    return builder.finish();
  };
  const plugin = ViewPlugin.define(
    (view) => ({
      decorations: draw(view),
      update({ docChanged, view: changed }: ViewUpdate) {
        if (docChanged) this.decorations = draw(changed);
      },
    }),
    { decorations: ({ decorations }) => decorations },
  );
  // Within what a JSON text colours.
  return Prec.high(plugin);
}
