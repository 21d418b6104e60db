import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";
import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import type { GraphQLContext } from "./context.ts";

/** The documents of the dashboard's build by their SHA-256, in hex. None without a build. */
export function readPersistedDocuments(dashboardDir: string): ReadonlyMap<string, string> {
  const file = join(dashboardDir, "persisted-documents.json");
  if (!existsSync(file)) return new Map();
  return new Map(Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, "utf8")))));
}

/** How a caller names a document: by its text, or as Apollo's persisted queries do, by `extensions.persistedQuery.sha256Hash`. */
export interface DocumentReference {
  readonly query?: string | null | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
}

/** The text of the document that a caller wants to run; what it sent itself is not looked at. @throws GraphQLError when the caller may not run it, or its hash is unknown. */
export type FindDocument = (reference: DocumentReference, actor: Actor) => DocumentReference["query"];

/**
 * In production a person runs the dashboard's own documents and no others: whatever made their browser send a request, it can ask for nothing that the
 * dashboard does not ask for. Programs run what they like within the limits, and so does everybody outside of production, where the dashboard changes all the time.
 */
export function createFindDocument(deps: {
  readonly documents: ReadonlyMap<string, string>;
  readonly isProduction: boolean;
}): FindDocument {
  return ({ query, extensions }, actor) => {
    const hash = persistedHash(extensions);
    const known = hash === null ? undefined : deps.documents.get(hash);
    if (known !== undefined) return known;
    // The message is what Apollo's and urql's clients look for before they send the text.
    if (hash !== null && !query) throw refusal("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND");
    if (deps.isProduction && actor.kind === "user") {
      const message = "A session runs the dashboard's documents only. Use an API key for others.";
      throw refusal(message, "PERSISTED_QUERY_ONLY");
    }
    return query;
  };
}

/** The same for calls over HTTP. */
export function persistedDocuments(findDocument: FindDocument): Plugin<object, Pick<GraphQLContext, "actor">> {
  return {
    onParams({ params, setParams, context }) {
      const query = findDocument(params, context.actor);
      if (query) setParams({ ...params, query });
    },
  };
}

function persistedHash(extensions: DocumentReference["extensions"]): string | null {
  const reference = extensions?.["persistedQuery"] as { readonly sha256Hash?: unknown } | null | undefined;
  return typeof reference?.sha256Hash === "string" ? reference.sha256Hash : null;
}

function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}
