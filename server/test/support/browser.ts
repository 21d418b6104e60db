import type { TestOrganization } from "./fixtures.ts";
import type { TestService } from "./test-service.ts";

export interface BrowserAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Null when the body is not JSON. */
  readonly json: Record<string, unknown> | null;
}

/** A browser that shows a page of the service: it keeps cookies, and says so of itself with every request. */
export interface Browser {
  /** The cookies that it would send. */
  readonly cookie: string;
  /** A JSON request; `headers` replace the browser's own. */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<BrowserAnswer>;
  /** Follows no redirects. */
  visit(url: string): Promise<BrowserAnswer>;
  signIn(email: string, password: string): Promise<BrowserAnswer>;
  /** @throws with the errors if there are any. */
  graphql<T>(query: string, variables?: Record<string, unknown>): Promise<T>;
}

export const PASSWORD = "correct horse battery";

export function openBrowser({ origin }: Pick<TestService, "origin">): Browser {
  const jar = new Map<string, Map<string, string>>();

  const cookieOf = (host: string): string =>
    [...(jar.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");

  function keep(host: string, headers: Headers): void {
    const cookies = jar.get(host) ?? new Map<string, string>();
    for (const line of headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    jar.set(host, cookies);
  }

  async function request(url: URL, init: RequestInit): Promise<BrowserAnswer> {
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { cookie: cookieOf(url.host), ...(init.headers as Record<string, string>) },
    });
    keep(url.host, response.headers);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  }

  const browser: Browser = {
    get cookie() {
      return cookieOf(new URL(origin).host);
    },
    send: (method, path, body, headers = {}) =>
      request(new URL(path, origin), {
        method,
        headers: { origin, "content-type": "application/json", "user-agent": "Test browser", ...headers },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    visit: (url) => request(new URL(url, origin), { method: "GET", headers: { accept: "text/html" } }),
    signIn: (email, password) => browser.send("POST", "/api/auth/sign-in", { email, password }),
    async graphql<T>(query: string, variables: Record<string, unknown> = {}) {
      const { json, text } = await browser.send("POST", "/graphql", { query, variables });
      if (!json?.["data"] || json["errors"] !== undefined) throw new Error(text);
      return json["data"] as T;
    },
  };
  return browser;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Invites, and answers the secret of the link. @throws when it is refused. */
export async function invite(
  { graphql }: Pick<TestService, "graphql">,
  organization: TestOrganization,
  email: string,
  role: "OWNER" | "ADMIN" | "VIEWER",
): Promise<string> {
  const { inviteMember } = await graphql<{ inviteMember: { link: string | null; errors: unknown[] } }>(
    "mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { link errors { code field message } } }",
    { input: { organizationId: organization.id, email, role } },
  );
  if (inviteMember.link === null) throw new Error(JSON.stringify(inviteMember.errors));
  return new URL(inviteMember.link).hash.slice(1);
}

/** A person of the organization, who is signed in. */
export async function join(
  service: Pick<TestService, "graphql" | "origin">,
  organization: TestOrganization,
  email: string,
  role: "OWNER" | "ADMIN" | "VIEWER",
): Promise<Browser> {
  const browser = openBrowser(service);
  const token = await invite(service, organization, email, role);
  const answer = await browser.send("POST", "/api/auth/invitation/accept", { token, name: email, password: PASSWORD });
  if (answer.status !== 204) throw new Error(answer.text);
  return browser;
}
