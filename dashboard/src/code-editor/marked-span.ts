import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Span } from "./expression-spans.ts";

/** Null takes the mark away. */
export const setMarkedSpan = StateEffect.define<Span | null>();

/** The one part of a text that is pointed out. */
export const markedSpan = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const { value: span } = transaction.effects.findLast((effect) => effect.is(setMarkedSpan)) ?? {};
    if (span === undefined) return marks.map(transaction.changes);
    return span === null || span.from === span.to
      ? Decoration.none
      : Decoration.set(Decoration.mark({ class: "cm-marked" }).range(span.from, span.to));
  },
  provide: (field) => EditorView.decorations.from(field),
});
