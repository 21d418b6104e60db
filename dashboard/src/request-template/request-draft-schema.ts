import { z } from "zod/mini";
import type { Refusal } from "../refusals/refusal.ts";
import { bodyKinds, methods, type RequestDraft } from "./request-draft.ts";

/** What can be said before the texts are evaluated. */
export const requestDraftSchema: z.ZodMiniType<RequestDraft, RequestDraft> = z
  .object({
    bodyKind: z.enum(bodyKinds),
    method: z.enum(methods),
    path: z.string(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
    fields: z.array(z.string()),
    body: z.string(),
    filter: z.string(),
    successCondition: z.string(),
  })
  .check(
    z.check(({ value: { bodyKind, fields, headers }, issues }) => {
      const refuse = (path: (string | number)[], message: string) =>
        issues.push({ code: "custom", input: path, path, message });
      if (bodyKind === "fields" && fields.length === 0) refuse(["fields"], "request.fieldsNeeded");
      const seen = new Set<string>();
      for (const [row, { name, value }] of headers.entries()) {
        const lower = name.trim().toLowerCase();
        if (lower === "" && value !== "") refuse(["headers", row, "name"], "request.headerNameNeeded");
        if (lower !== "" && seen.has(lower)) refuse(["headers", row, "name"], "request.headerTwice");
        seen.add(lower);
      }
    }),
  );

/** The server names a place in its input (`requestTemplate.headers.X-Shop`), the form a field (`headers.0.value`). */
export function atDraftFields(errors: readonly Refusal[], { headers }: RequestDraft): Refusal[] {
  return errors.map((error) => {
    const [first, second, ...rest] = error.field?.split(".") ?? [];
    // A path has no place behind a URL that has a query: it is the path that was just written.
    if (first === "url") return { ...error, field: "path" };
    if (first !== "requestTemplate" || second === undefined) return error;
    if (second === "fields") return { ...error, field: "fields" };
    if (second !== "headers" || rest.length === 0) return { ...error, field: second };
    const row = headers.findIndex(({ name }) => name.trim() === rest.join("."));
    if (row === -1) return { ...error, field: null };
    return { ...error, field: `headers.${row}.${error.line == null ? "name" : "value"}` };
  });
}
