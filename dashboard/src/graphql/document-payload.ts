import { type DocumentInput, stringifyDocument } from "urql";

/** A document by its text, or by its hash and no text. */
export interface DocumentPayload {
  readonly query: string;
  readonly extensions?: Record<string, unknown> | undefined;
}

/** The hash by which the server knows a document of the built dashboard; empty in development, where documents change while the server runs. */
export function documentHash(document: unknown): string {
  if (import.meta.env.DEV) return "";
  return (document as { readonly __meta__?: { readonly hash?: string } }).__meta__?.hash ?? "";
}

/** What an operation of the live connection sends for its document. */
export function documentPayload(document: DocumentInput): DocumentPayload {
  const hash = documentHash(document);
  if (hash === "") return { query: stringifyDocument(document) };
  return { query: "", extensions: { persistedQuery: { version: 1, sha256Hash: hash } } };
}
