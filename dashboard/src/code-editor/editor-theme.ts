import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const text = "var(--mantine-color-text)";
const dimmed = "var(--mantine-color-dimmed)";
const line = "var(--vera-line)";

/** All colours are the page's, so they change with it. */
const surfaces = EditorView.theme({
  "&": {
    color: text,
    backgroundColor: "var(--vera-surface)",
    border: "1px solid var(--mantine-color-default-border)",
    borderRadius: "0.5rem",
    fontSize: "0.8125rem",
  },
  "&.cm-focused": { outline: "2px solid var(--mantine-primary-color-filled)", outlineOffset: "1px" },
  ".cm-scroller": {
    maxHeight: "30rem",
    borderRadius: "inherit",
    fontFamily: "var(--mantine-font-family-monospace)",
    lineHeight: "1.55",
  },
  ".cm-content": { padding: "0.4375rem 0", caretColor: text, minWidth: "0" },
  ".cm-line": { padding: "0 0.75rem" },
  ".cm-gutters": { color: dimmed, backgroundColor: "var(--vera-inset)", border: "0", borderRight: `1px solid ${line}` },
  ".cm-placeholder": { color: "var(--mantine-color-placeholder)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--vera-selected)", outline: `1px solid ${line}` },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent" },
  ".cm-expression": { borderRadius: "0.1875rem", backgroundColor: "var(--vera-selected)" },
  ".cm-marked": { borderRadius: "0.1875rem", backgroundColor: "var(--status-retrying-soft)" },
  ".cm-lintRange": { textUnderlineOffset: "0.1875rem" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--mantine-color-error)" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--status-retrying-fill)" },
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--mantine-color-error)" },
  ".cm-tooltip": {
    maxWidth: "min(30rem, 90vw)",
    color: text,
    backgroundColor: "var(--vera-surface)",
    border: "1px solid var(--mantine-color-default-border)",
    borderRadius: "0.5rem",
    boxShadow: "0 4px 16px rgb(0 0 0 / 16%)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    maxHeight: "none",
    fontFamily: "var(--mantine-font-family-monospace)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.25rem 0.625rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: text,
    backgroundColor: "var(--vera-selected)",
  },
  ".cm-completionDetail": { color: dimmed, fontStyle: "normal" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  // It would lie over the list.
  "@media (max-width: 40rem)": { ".cm-tooltip.cm-completionInfo": { display: "none" } },
  ".cm-tooltip.cm-completionInfo": {
    padding: "0.5rem 0.75rem",
    whiteSpace: "pre-line",
    fontFamily: "var(--mantine-font-family)",
  },
  ".cm-diagnostic-warning": { borderLeft: "3px solid var(--status-retrying-fill)" },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--mantine-color-error)" },
});

const tokens = EditorView.theme({
  ".cm-token-string": { color: "var(--status-success)" },
  ".cm-token-number": { color: "var(--status-pending)" },
  ".cm-token-keyword": { color: "var(--vera-accent)", fontWeight: "600" },
  ".cm-token-function": { color: "var(--status-retrying)" },
  ".cm-token-name": { color: text },
  ".cm-token-operator": { color: "var(--vera-accent)" },
  ".cm-token-comment": { color: dimmed, fontStyle: "italic" },
});

const json = HighlightStyle.define([
  { tag: tags.propertyName, color: text, fontWeight: "600" },
  { tag: tags.string, color: "var(--status-success)" },
  { tag: tags.number, color: "var(--status-pending)" },
  { tag: [tags.bool, tags.null], color: "var(--vera-accent)" },
  { tag: [tags.punctuation, tags.separator, tags.brace, tags.squareBracket], color: dimmed },
]);

export const editorTheme = [surfaces, tokens, syntaxHighlighting(json)];
