/** Who is signed in. */
export interface SignedInUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Why the server refused, or that it could not be asked. */
export interface Refusal {
  /** `UNREACHABLE` when there was no answer of ours. */
  readonly code: string;
  /** Fields at fault, each with the reason for programs, where it has one, and in English. */
  readonly errors: readonly {
    readonly field: string | null;
    readonly reason: string | null;
    readonly message: string;
  }[];
  /** How long to wait before the next try; null when waiting does not help. */
  readonly retryAfterSeconds: number | null;
}

export type Answer<T> = { readonly ok: true; readonly data: T } | ({ readonly ok: false } & Refusal);

export interface OpenInvitation {
  readonly organization_name: string;
  readonly email: string;
  readonly role: "owner" | "admin" | "viewer";
  readonly has_account: boolean;
}

let lastChange: Promise<unknown> = Promise.resolve();

/**
 * Null: nobody. A new password ends the session in the cookie, and its connections, before the answer brings the next
 * one: until then nobody can say who is signed in.
 */
export const readSession = () => lastChange.then(() => call<{ user: SignedInUser | null }>("session"));
export const signIn = (email: string, password: string) => call<null>("sign-in", { email, password });
export const signOut = () => call<null>("sign-out");
export const changePassword = (current_password: string, new_password: string) => {
  const change = call<null>("change-password", { current_password, new_password });
  lastChange = change;
  return change;
};
export const findInvitation = (token: string) => call<{ invitation: OpenInvitation }>("invitation", { token });
export const acceptInvitation = (input: { token: string; name?: string; password?: string }) =>
  call<null>("invitation/accept", input);
/** The identity provider's page; it comes back to `return_to`. */
export const beginOidc = (return_to: string) => call<{ url: string }>("sign-in/oidc", { return_to });
/** What the identity provider is called; null when there is none. */
export const readSignInOptions = () => call<{ oidc: { name: string } | null }>("options", null);

/** A body of null makes it a GET. The session's cookie is the browser's business. */
async function call<T>(path: string, body: object | null = {}): Promise<Answer<T>> {
  try {
    const response = await fetch(`/api/auth/${path}`, {
      credentials: "same-origin",
      ...(body !== null && {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
    if (response.ok) return { ok: true, data: response.status === 204 ? (null as T) : ((await response.json()) as T) };
    return { ok: false, ...(await refusalOf(response)) };
  } catch {
    return { ok: false, code: "UNREACHABLE", errors: [], retryAfterSeconds: null };
  }
}

async function refusalOf(response: Response): Promise<Refusal> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Refusal>;
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return {
    code: problem.code ?? "UNREACHABLE",
    errors: problem.errors ?? [],
    retryAfterSeconds: Number.isFinite(seconds) ? seconds : null,
  };
}
