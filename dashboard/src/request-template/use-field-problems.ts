import type { TemplatePlace, TemplateProblem } from "@vera-qr/templates";
import { useMemo } from "react";
import { useIntl } from "react-intl";
import type { FieldProblem } from "../code-editor/code-field.tsx";
import type { EditorLanguage } from "../code-editor/editor-language.ts";
import { unknownFields } from "./unknown-fields.ts";

/** What is wrong with one text of a draft: in the reader's language by its kind, with the evaluator's sentence. */
export function useFieldProblems(
  problems: readonly TemplateProblem[],
  place: TemplatePlace,
  key: string | null = null,
): readonly FieldProblem[] {
  const intl = useIntl();
  return useMemo(
    () =>
      problems
        .filter((problem) => problem.place === place && problem.key === key)
        .map(({ from, to, line, column, code, message }) => ({
          ...{ severity: "error", from, to, line, column, sentence: message },
          word: intl.locale === "en" ? "" : intl.formatMessage({ id: `templateProblem.${code}` }),
        })),
    [problems, place, key, intl],
  );
}

/** Fields that a text reads and the chosen order does not have, said as hints. Empty while there is no order. */
export function useUnknownFields(
  text: string,
  language: EditorLanguage,
  payload: string | null,
): readonly FieldProblem[] {
  const intl = useIntl();
  return useMemo(() => {
    if (payload === null) return [];
    return unknownFields(text, language, JSON.parse(payload)).map(({ from, to, path }) => ({
      ...{ severity: "hint", from, to, ...placeOf(text, from), sentence: null },
      word: intl.formatMessage({ id: "codeEditor.unknownField" }, { path }),
    }));
  }, [text, language, payload, intl]);
}

/** Both from 1. */
function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
