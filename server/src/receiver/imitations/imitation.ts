import type { ImitatedTokens } from "./imitated-tokens.ts";

/** The local stand-in of a vendor's API: it takes what the vendor takes, refuses what the vendor refuses, and answers in its words. */
export interface Imitation {
  answer(request: ImitatedRequest, context: ImitationContext): ImitationAnswer;
  /** The body as it may be shown, without the credentials that it has; as it is if absent. */
  withoutCredentials?(request: ImitatedRequest): string;
}

export interface ImitatedRequest {
  readonly method: string;
  /** As the vendor would see it, percent-encoded; begins with a slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ImitationContext {
  readonly tokens: ImitatedTokens;
  /** Ids of the records that have a key of the sender's, by key; the oldest are forgotten. */
  readonly records: Map<string, string>;
  readonly now: number;
  /** Whether the request has a signature of one of the organization's webhooks. */
  readonly isSignatureValid: boolean;
}

export interface ImitationAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export function json(status: number, body: unknown): ImitationAnswer {
  return { status, contentType: "application/json;charset=UTF-8", body: JSON.stringify(body) };
}

export function plainText(status: number, body: string): ImitationAnswer {
  return { status, contentType: "text/plain; charset=utf-8", body };
}

/** The media type, without parameters. */
export function mediaType({ headers }: ImitatedRequest): string {
  return (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

export function isJson(request: ImitatedRequest): boolean {
  return mediaType(request) === "application/json";
}

/** The body's JSON if that is an object; otherwise null. */
export function jsonObject({ body }: ImitatedRequest): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What follows the scheme in the header `Authorization`; null without it, or with another scheme. */
export function credentialOf({ headers }: ImitatedRequest, scheme: string): string | null {
  const [given = "", ...rest] = (headers["authorization"] ?? "").split(" ");
  const credential = rest.join(" ").trim();
  return given.toLowerCase() === scheme.toLowerCase() && credential !== "" ? credential : null;
}
