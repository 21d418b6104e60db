import { readFileSync } from "node:fs";
import { type Plugin, Visitor } from "vite";

const documentsFile = new URL("../src/graphql/generated/persisted-documents.json", import.meta.url);

interface PersistedDocument {
  readonly hash: string;
  readonly operation: string;
}

/**
 * Leaves of each `graphql(…)` in the sources what the built dashboard sends of it, its name and its hash: the server
 * has the text. Without it every page would load the syntax trees of all documents of all pages.
 */
export function documentsByHash(): Plugin {
  const documents = readDocuments();
  return {
    name: "documents-by-hash",
    apply: "build",
    transform: {
      filter: { id: /\/src\/.+\.tsx?$/, code: /\bgraphql\(\s*`/ },
      handler(code) {
        const calls: { readonly start: number; readonly end: number; readonly text: string }[] = [];
        new Visitor({
          // biome-ignore lint/correctness/noComponentHookFactories: the name of a syntax node, not a component
          CallExpression: ({ start, end, callee, arguments: [text] }) => {
            if (callee.type !== "Identifier" || callee.name !== "graphql" || text?.type !== "TemplateLiteral") return;
            calls.push({ start, end, text: text.quasis.map(({ value }) => value.raw).join("") });
          },
        }).visit(this.parse(code));
        let transformed = code;
        for (const { start, end, text } of calls.toReversed()) {
          transformed = transformed.slice(0, start) + replacement(text, documents) + transformed.slice(end);
        }
        return { code: transformed, map: null };
      },
    },
  };
}

/** By name. */
function readDocuments(): ReadonlyMap<string, PersistedDocument> {
  const texts = JSON.parse(readFileSync(documentsFile, "utf8")) as Record<string, string>;
  return new Map(
    Object.entries(texts).flatMap(([hash, text]) => {
      const [, operation, name] = operationOf(text) ?? [];
      return operation === undefined || name === undefined ? [] : [[name, { hash, operation }] as const];
    }),
  );
}

/** Fragments are not sent by themselves: nothing is left of them. */
function replacement(text: string, documents: ReadonlyMap<string, PersistedDocument>): string {
  const [, , name] = operationOf(text) ?? [];
  if (name === undefined) return "undefined";
  const document = documents.get(name);
  if (document === undefined) throw new Error(`${name} is not among the persisted documents: generate them first.`);
  const { hash, operation } = document;
  return JSON.stringify({
    kind: "Document",
    __meta__: { hash },
    definitions: [
      {
        kind: "OperationDefinition",
        operation,
        name: { kind: "Name", value: name },
        selectionSet: { kind: "SelectionSet", selections: [] },
      },
    ],
  });
}

function operationOf(text: string): RegExpExecArray | null {
  return /(?:^|[\s}])(query|mutation|subscription)\s+(\w+)/.exec(text);
}
