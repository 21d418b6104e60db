import { z } from "zod";
import { AUTHENTICATION_TYPES } from "../domain/receiver-authentication.ts";

/** A name of ours in the façade's spelling. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The façade's name of a field. Only the first part of a path is ours; what follows may be the caller's own names (headers, metadata). */
export function snakeCaseField(path: string): string {
  const [first = "", ...rest] = path.split(".");
  return [snakeCase(first), ...(OWN_WITHIN[first]?.(rest) ?? rest)].join(".");
}

/** Where the parts below are ours too. In the façade an authentication's type is a field among the others, not one around them. */
const OWN_WITHIN: Readonly<Record<string, (path: readonly string[]) => readonly string[]>> = {
  authentication: (path) => path.filter((part) => !AUTHENTICATION_KINDS.has(part)).map(snakeCase),
  clientCertificate: (path) => path.map(snakeCase),
};
const AUTHENTICATION_KINDS: ReadonlySet<string> = new Set(["none", ...AUTHENTICATION_TYPES]);

/** A use-case's input as the façade's callers write it: the same fields under their snake_case names. */
export function snakeCaseSchema(schema: z.ZodObject): z.ZodObject {
  const fields = Object.entries(schema.shape).map(([name, field]) => [snakeCase(name), field]);
  return z.object(Object.fromEntries(fields), { error: "must be a JSON object" });
}

/** The input of a use-case from a façade's body: what its schema has, unchecked. */
export function camelCaseInput(schema: z.ZodObject, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(schema.shape).map((name) => [name, body[snakeCase(name)]]));
}
