import { OPERATOR_KEY, type TestService } from "./test-service.ts";

export interface RestAnswer<Body> {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly body: Body;
}

/** RFC 9457, with our members. */
export interface ProblemBody {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId?: string;
  readonly errors?: readonly { readonly field: string | null; readonly message: string }[];
}

/** One call of the REST façade, whatever comes of it. `key: null` sends no credential; a string as `body` is sent as it is. */
export async function restRequest<Body = ProblemBody>(
  { origin }: Pick<TestService, "origin">,
  method: string,
  path: string,
  options: { readonly body?: unknown; readonly key?: string | null } = {},
): Promise<RestAnswer<Body>> {
  const { body, key = OPERATOR_KEY } = options;
  const response = await fetch(origin + path, {
    method,
    headers: {
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(key !== null && { authorization: `Bearer ${key}` }),
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    text,
    body: JSON.parse(text) as Body,
  };
}
