import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { noteRunning } from "./running.ts";

/** A request for a token, as it arrived. */
export interface TokenRequest {
  readonly form: Readonly<Record<string, string>>;
  readonly authorization: string | undefined;
}

type Answer = (response: ServerResponse) => void;

/** A token endpoint and, beside it, an API that takes only its valid access tokens. Both are real HTTP servers on loopback. */
export interface OauthServer {
  readonly tokenUrl: string;
  /** Answers 401 to requests without a valid access token, and 200 to all others. */
  readonly apiUrl: string;
  readonly tokenRequests: readonly TokenRequest[];
  /** Bodies that the API accepted. */
  readonly accepted: readonly string[];
  /** Requests that the API refused. */
  readonly refusedCount: number;
  /** Seconds; null leaves `expires_in` out, as Salesforce does. 3600 until it is changed. */
  expiresIn: number | null;
  /** Whether each use of a refresh token replaces it. */
  rotates: boolean;
  /** Ends all access tokens so far. */
  revokeAll(): void;
  /** Answers all requests for tokens in this way; null: as it should. */
  answerTokens(answer: Answer | null): void;
  close(): Promise<void>;
}

export const CLIENT = { clientId: "vera qr", clientSecret: "client-s3cret+2718" } as const;
export const REFRESH_TOKEN = "refresh-token-number-0";

export async function startOauthServer(): Promise<OauthServer> {
  const tokenRequests: TokenRequest[] = [];
  const accepted: string[] = [];
  const valid = new Set<string>();
  let refusedCount = 0;
  let refreshToken = REFRESH_TOKEN;
  let override: Answer | null = null;

  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const { authorization } = message.headers;
    if (message.url === "/token") {
      const form = Object.fromEntries(new URLSearchParams(body));
      tokenRequests.push({ form, authorization });
      if (override !== null) override(response);
      else give(form, response);
      return;
    }
    if (!valid.has(authorization?.split(" ")[1] ?? "")) {
      refusedCount++;
      response.writeHead(401).end(`no valid token in ${authorization}`);
      return;
    }
    accepted.push(body);
    response.writeHead(200).end(`thank you for ${authorization}`);
  });

  function give(form: TokenRequest["form"], response: ServerResponse): void {
    if (form["grant_type"] === "refresh_token" && form["refresh_token"] !== refreshToken) {
      answerJson(response, 400, { error: "invalid_grant", error_description: "expired or used" });
      return;
    }
    const accessToken = `access-token-number-${tokenRequests.length}`;
    valid.add(accessToken);
    if (oauth.rotates) refreshToken = `refresh-token-number-${tokenRequests.length}`;
    answerJson(response, 200, {
      access_token: accessToken,
      token_type: "Bearer",
      ...(oauth.expiresIn !== null && { expires_in: oauth.expiresIn }),
      ...(oauth.rotates && { refresh_token: refreshToken }),
    });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const ended = noteRunning("an OAuth server");
  const oauth: OauthServer = {
    tokenUrl: `http://127.0.0.1:${port}/token`,
    apiUrl: `http://127.0.0.1:${port}/orders`,
    tokenRequests,
    accepted,
    get refusedCount() {
      return refusedCount;
    },
    expiresIn: 3600,
    rotates: false,
    revokeAll: () => valid.clear(),
    answerTokens(answer) {
      override = answer;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      ended();
    },
  };
  return oauth;
}

export function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
