import { type ASTNode, GraphQLError } from "graphql";

/** What a document may have only so much of, in the words of `extensions.limit`. */
export type DocumentLimit =
  | "characters"
  | "tokens"
  | "aliases"
  | "directives"
  | "levels"
  | "rootFields"
  | "depth"
  | "breadth"
  | "cost";

/** A document goes beyond a limit: told by `extensions.code`, which limit and how much it allows. */
export function limitError(limit: DocumentLimit, max: number, message: string, nodes?: ASTNode): GraphQLError {
  return new GraphQLError(message, { nodes, extensions: { code: "DOCUMENT_LIMIT_EXCEEDED", limit, max } });
}
