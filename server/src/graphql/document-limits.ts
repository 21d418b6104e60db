import {
  type ASTVisitor,
  type DocumentNode,
  type GraphQLError,
  isObjectType,
  Kind,
  type ValidationContext,
  visit,
} from "graphql";
import type { Plugin } from "graphql-yoga";
import { limitError } from "./limit-error.ts";

/** Data goes in variables, which do not count. The same as a message of a WebSocket may be long. */
const CHARACTERS_MAX = 64 * 1024;
const TOKENS_MAX = 2000;
const ALIASES_MAX = 30;
const DIRECTIVES_MAX = 50;
/** Of selections, lists and objects as they are written. Deeper than any useful document: the depth of its fields is limited with their cost. */
const LEVELS_MAX = 24;
const NESTING: ReadonlySet<string> = new Set([Kind.SELECTION_SET, Kind.LIST, Kind.OBJECT, Kind.LIST_TYPE]);
/** Each is at least one database statement, which the cost of its fields does not show. */
const ROOT_FIELDS_MAX = 30;

/** Refuses documents that would be dear to parse, to check or to start, before that is done. */
export const documentLimits: Plugin = {
  // Before it comes to parsing: Yoga keeps the documents that could not be parsed, by their whole text.
  onParams({ params: { query } }) {
    if (typeof query !== "string" || query.length <= CHARACTERS_MAX) return;
    const message = `The document is longer than ${CHARACTERS_MAX} characters. Put data in variables.`;
    throw limitError("characters", CHARACTERS_MAX, message);
  },
  onParse({ parseFn, setParseFn }) {
    setParseFn((source, options) => {
      const document = parseWithinLimits(() => parseFn(source, { ...options, maxTokens: TOKENS_MAX }));
      limitWritten(document);
      return document;
    });
  },
  onValidate({ addValidationRule }) {
    addValidationRule(limitRootFields);
  },
};

function parseWithinLimits(parse: () => DocumentNode): DocumentNode {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Error && error.message.includes(`more than ${TOKENS_MAX} tokens`)) {
      throw tooMany("tokens", TOKENS_MAX);
    }
    // The parser calls itself for every level: a deep document ends at the stack's limit.
    if (error instanceof RangeError) throw tooDeep();
    throw error;
  }
}

/** Counted as written, before validation: comparing aliased fields takes the square of their number, and most rules call themselves for every level. */
function limitWritten(document: DocumentNode): void {
  let aliases = 0;
  let directives = 0;
  let level = 0;
  visit(document, {
    enter(node) {
      if (node.kind === Kind.FIELD && node.alias !== undefined) {
        aliases += 1;
        if (aliases > ALIASES_MAX) throw tooMany("aliases", ALIASES_MAX);
      } else if (node.kind === Kind.DIRECTIVE) {
        directives += 1;
        if (directives > DIRECTIVES_MAX) throw tooMany("directives", DIRECTIVES_MAX);
      } else if (NESTING.has(node.kind)) {
        level += 1;
        if (level > LEVELS_MAX) throw tooDeep();
      }
    },
    leave(node) {
      if (NESTING.has(node.kind)) level -= 1;
    },
  });
}

function tooMany(limit: "tokens" | "aliases" | "directives", max: number): GraphQLError {
  return limitError(limit, max, `The document has more than ${max} ${limit}.`);
}

function tooDeep(): GraphQLError {
  return limitError("levels", LEVELS_MAX, `The document is nested in more than ${LEVELS_MAX} levels.`);
}

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
        context.reportError(limitError("rootFields", ROOT_FIELDS_MAX, message, node));
      }
    },
  };
}
