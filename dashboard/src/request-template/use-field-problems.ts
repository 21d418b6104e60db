import type { TemplatePlace, TemplateProblem } from "@vera-qr/templates";
import { useMemo } from "react";
import { useIntl } from "react-intl";
import type { FieldProblem } from "../code-editor/code-field.tsx";

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
          ...{ from, to, line, column, sentence: message },
          word: intl.locale === "en" ? "" : intl.formatMessage({ id: `templateProblem.${code}` }),
        })),
    [problems, place, key, intl],
  );
}
