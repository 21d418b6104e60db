import { OPERATOR_KEY, type TestService } from "./test-service.ts";

export interface GraphQLAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came. */
  readonly text: string;
  /** Null when the body is not JSON or has no data. */
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly GraphQLAnswerError[];
}

export interface GraphQLAnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly requestId?: string };
}

/** One GraphQL operation over HTTP, whatever comes of it. `key: null` sends no credential; a string as `body` is sent as it is. */
export async function graphqlRequest(
  { origin }: Pick<TestService, "origin">,
  options: {
    readonly query?: string;
    readonly variables?: unknown;
    readonly body?: string;
    readonly key?: string | null;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<GraphQLAnswer> {
  const { query, variables, key = OPERATOR_KEY } = options;
  const response = await fetch(`${origin}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...options.headers,
    },
    body: options.body ?? JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  const body = parsed(text);
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: (body?.["data"] as GraphQLAnswer["data"] | undefined) ?? null,
    errors: (body?.["errors"] as GraphQLAnswer["errors"] | undefined) ?? [],
  };
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
