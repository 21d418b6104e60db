import { EXPRESSION_FUNCTIONS, PAYLOAD_FIELDS } from "@vera-qr/templates";
import { useMemo } from "react";
import { useIntl } from "react-intl";
import type { ExpressionVocabulary } from "../code-editor/expression-vocabulary.ts";
import { functionWordsTr } from "./function-words.tr.ts";
import { useFieldName } from "./use-field-name.ts";

/** What expressions can name, described in the reader's language: over an order, and over a receiver's answer. */
export function useVocabularies(): { readonly order: ExpressionVocabulary; readonly answer: ExpressionVocabulary } {
  const intl = useIntl();
  const nameOf = useFieldName();
  return useMemo(() => {
    const functions = EXPRESSION_FUNCTIONS.map(({ name, signature, description, example }) => {
      const words = intl.locale === "tr" ? (functionWordsTr[name] ?? description) : description;
      return { name, signature, description: `${words}\n${example}` };
    });
    const answerField = (path: "status" | "body" | "text", type: string) => ({
      path,
      type,
      description: intl.formatMessage({ id: `answerField.${path}` }),
    });
    return {
      order: { functions, fields: PAYLOAD_FIELDS.map(({ path, type }) => ({ path, type, description: nameOf(path) })) },
      answer: {
        functions,
        fields: [answerField("status", "number"), answerField("body", "any"), answerField("text", "string")],
      },
    };
  }, [intl, nameOf]);
}
