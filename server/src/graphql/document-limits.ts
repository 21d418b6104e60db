import { type ASTVisitor, GraphQLError, isObjectType, type ValidationContext } from "graphql";
import type { Plugin } from "graphql-yoga";

/** Data goes in variables, which do not count. The same as a message of a WebSocket may be long. */
const DOCUMENT_LENGTH_MAX = 64 * 1024;
const TOKENS_MAX = 2000;
/** Each is at least one database statement, which the cost of its fields does not show. */
const ROOT_FIELDS_MAX = 30;

/** Refuses documents that would be dear to parse, to check or to start, before that is done. */
export const documentLimits: Plugin = {
  onParse({ parseFn, setParseFn }) {
    setParseFn((source, options) => {
      if (String(source.body ?? source).length > DOCUMENT_LENGTH_MAX) {
        throw new GraphQLError(`The document is longer than ${DOCUMENT_LENGTH_MAX} characters. Put data in variables.`);
      }
      try {
        return parseFn(source, { ...options, maxTokens: TOKENS_MAX });
      } catch (error) {
        // The parser calls itself for every level: a deep document ends at the stack's limit.
        if (error instanceof RangeError) throw new GraphQLError("The document is nested too deeply.");
        throw error;
      }
    });
  },
  onValidate({ addValidationRule }) {
    addValidationRule(limitRootFields);
  },
};

function limitRootFields(context: ValidationContext): ASTVisitor {
  const schema = context.getSchema();
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  let count = 0;
  return {
    Field(node) {
      const parent = context.getParentType();
      if (!isObjectType(parent) || !roots.includes(parent)) return;
      count += 1;
      if (count === ROOT_FIELDS_MAX + 1) {
        const message = `The document has more than ${ROOT_FIELDS_MAX} fields of Query, Mutation and Subscription.`;
        context.reportError(new GraphQLError(message, { nodes: node }));
      }
    },
  };
}
