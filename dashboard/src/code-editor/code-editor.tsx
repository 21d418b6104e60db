import { autocompletion, type CompletionContext, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { type Diagnostic, nextDiagnostic, setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, lineNumbers, placeholder as placeholderText } from "@codemirror/view";
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useMemo, useRef } from "react";
import { useIntl } from "react-intl";
import type { EditorLanguage } from "./editor-language.ts";
import { editorTheme } from "./editor-theme.ts";
import { expressionCompletions } from "./expression-completions.ts";
import { expressionHighlighting } from "./expression-highlighting.ts";
import { expressionSpans, type Span } from "./expression-spans.ts";
import type { ExpressionVocabulary } from "./expression-vocabulary.ts";
import { insertField } from "./insert-field.ts";
import { markedSpan, setMarkedSpan } from "./marked-span.ts";

/** A problem of the text, said at its place. */
export interface EditorProblem extends Span {
  readonly severity: "error" | "hint";
  readonly message: string;
}

/** What can be done with an editor from outside. */
export interface CodeEditorHandle {
  /** Selects a part and brings it into view. */
  goTo(span: Span): void;
  /** Writes a field of the payload where the cursor is. */
  insertField(path: string): void;
}

export interface CodeEditorProps {
  /** Names of the elements that say what the editor is for. */
  readonly labelledBy: string;
  readonly describedBy?: string;
  readonly language: EditorLanguage;
  readonly vocabulary: ExpressionVocabulary;
  /** Lines end with `\n`. */
  readonly value: string;
  readonly placeholder?: string;
  readonly problems: readonly EditorProblem[];
  /** A part that is pointed out, as the clause that filters an order. */
  readonly marked?: Span | null;
  readonly handle?: Ref<CodeEditorHandle>;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
}

/** A text that was set from outside, which `onChange` is not told of. */
const fromOutside = Annotation.define<true>();

/** An editor for templates and expressions. Where Tab indents, Escape and then Tab leave it (WCAG 2.1.2). */
export function CodeEditor(props: CodeEditorProps) {
  const { language, vocabulary, value, problems, marked = null, handle } = props;
  const intl = useIntl();
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const change = useEffectEvent(props.onChange);
  const blur = useEffectEvent(() => props.onBlur?.());
  const firstValue = useEffectEvent(() => value);
  const completions = intl.formatMessage({ id: "codeEditor.completions" });
  const { labelledBy, describedBy, placeholder } = props;
  const extensions = useMemo<Extension[]>(
    () => [
      ...languageExtensions(language),
      history(),
      closeBrackets(),
      bracketMatching(),
      expressionHighlighting(language),
      autocompletion({
        override: [(context) => complete(context, language, vocabulary)],
        icons: false,
        // So few that their list need not scroll: nobody could scroll it by keyboard. It moves on with the selection.
        maxRenderedOptions: 10,
        interactionDelay: 0,
      }),
      markedSpan,
      EditorView.lineWrapping,
      EditorState.phrases.of({ Completions: completions }),
      EditorView.contentAttributes.of({
        "aria-labelledby": labelledBy,
        ...(describedBy !== undefined && { "aria-describedby": describedBy }),
        lang: "zxx",
        translate: "no",
      }),
      ...(placeholder === undefined ? [] : [placeholderText(placeholder)]),
      keymap.of([
        ...closeBracketsKeymap,
        ...historyKeymap,
        ...(language === "bodyTemplate" ? [indentWithTab] : []),
        { key: "F8", run: nextDiagnostic },
        ...defaultKeymap,
      ]),
      editorTheme,
    ],
    [language, vocabulary, completions, labelledBy, describedBy, placeholder],
  );

  useEffect(() => {
    if (parent.current === null) return;
    const created = new EditorView({
      parent: parent.current,
      state: EditorState.create({
        doc: firstValue(),
        extensions: [
          extensions,
          EditorView.updateListener.of(({ docChanged, transactions, state }) => {
            const isOurs = transactions.some((transaction) => transaction.annotation(fromOutside));
            if (docChanged && !isOurs) change(state.doc.toString());
          }),
          EditorView.domEventHandlers({ blur: () => blur() }),
        ],
      }),
    });
    view.current = created;
    return () => created.destroy();
  }, [extensions]);

  useEffect(() => {
    const current = view.current;
    if (current === null || current.state.doc.toString() === value) return;
    current.dispatch({
      changes: { from: 0, to: current.state.doc.length, insert: value },
      annotations: fromOutside.of(true),
    });
  }, [value]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new editor needs them too
  useEffect(() => {
    const current = view.current;
    if (current === null) return;
    const { length } = current.state.doc;
    const diagnostics = problems.map(
      ({ message, severity, ...span }): Diagnostic => ({
        ...within(span, length),
        severity: severity === "error" ? "error" : "warning",
        message,
      }),
    );
    current.dispatch(setDiagnostics(current.state, diagnostics));
  }, [problems, extensions]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new editor needs it too
  useEffect(() => {
    const current = view.current;
    if (current === null) return;
    const span = marked === null ? null : within(marked, current.state.doc.length);
    current.dispatch({ effects: setMarkedSpan.of(span) });
  }, [marked, extensions]);

  useImperativeHandle(handle, () => ({
    goTo(span) {
      const current = view.current;
      if (current === null) return;
      const { from, to } = within(span, current.state.doc.length);
      current.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
      current.focus();
    },
    insertField(path) {
      if (view.current !== null) insertField(view.current, language, path);
    },
  }));
  return <div ref={parent} />;
}

function languageExtensions(language: EditorLanguage): Extension[] {
  if (language === "bodyTemplate") return [json(), indentUnit.of("  "), lineNumbers()];
  return language === "lineTemplate" ? [oneLine] : [];
}

/** What is pasted with line breaks loses them. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replaceAll("\n", "");
  return {
    changes: { from: 0, to: transaction.startState.doc.length, insert: text },
    selection: { anchor: Math.min(transaction.newSelection.main.head, text.length) },
  };
});

function complete(context: CompletionContext, language: EditorLanguage, vocabulary: ExpressionVocabulary) {
  const text = context.state.doc.toString();
  const spans = language === "expression" ? [{ from: 0, to: text.length }] : expressionSpans(text);
  const span = spans.find(({ from, to }) => from <= context.pos && context.pos <= to);
  if (span === undefined) return null;
  const found = expressionCompletions(text.slice(span.from, context.pos), vocabulary);
  if (found === null) return null;
  const from = span.from + found.from;
  const isAfterDot = text[from - 1] === ".";
  if (from === context.pos && !isAfterDot && !context.explicit) return null;
  return {
    from,
    validFor: /^\w*$/,
    options: found.options.map(({ label, kind, detail, description }, index) => ({
      label,
      detail,
      type: kind,
      // In the payload's order, functions last.
      boost: kind === "function" ? 0 : 1,
      sortText: String(index).padStart(3, "0"),
      ...(kind === "function" && { apply: `${label}(` }),
      ...(description !== "" && { info: description }),
    })),
  };
}

function within({ from, to }: Span, length: number): Span {
  return { from: Math.min(from, length), to: Math.min(to, length) };
}
