import { EXPRESSION_FUNCTIONS, PAYLOAD_FIELDS } from "@vera-qr/templates";
import { useMemo } from "react";
import { useIntl } from "react-intl";
import type { ExpressionVocabulary } from "../code-editor/expression-vocabulary.ts";
import { functionWordsTr } from "./function-words.tr.ts";
import { useFieldName } from "./use-field-name.ts";

export interface Vocabularies {
  readonly order: ExpressionVocabulary;
  /** An order, and the secret that only a body may name. */
  readonly body: ExpressionVocabulary;
  /** What a receiver answered. */
  readonly answer: ExpressionVocabulary;
}

/** What expressions can name, described in the reader's language. */
export function useVocabularies(): Vocabularies {
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
    const order = PAYLOAD_FIELDS.map(({ path, type }) => ({ path, type, description: nameOf(path) }));
    const credential = {
      ...{ path: "credential", type: "string" },
      description: intl.formatMessage({ id: "credentialField" }),
    };
    return {
      order: { functions, fields: order },
      body: { functions, fields: [...order, credential] },
      answer: {
        functions,
        fields: [answerField("status", "number"), answerField("body", "any"), answerField("text", "string")],
      },
    };
  }, [intl, nameOf]);
}
