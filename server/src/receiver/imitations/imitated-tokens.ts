import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** The access tokens of an organization's imitations. They are signed, not stored: every process knows those of the others. */
export interface ImitatedTokens {
  readonly lifetimeSeconds: number;
  issue(now: number): string;
  /** Whether it was issued here, has not ended and was not revoked. */
  isValid(token: string, now: number): boolean;
}

export interface TokenRules {
  /** Known to the service only, and of one organization. */
  readonly key: string;
  readonly lifetimeSeconds: number;
  /** Tokens of earlier generations are revoked. */
  readonly generation: number;
}

export function imitatedTokens({ key, lifetimeSeconds, generation }: TokenRules): ImitatedTokens {
  const seal = (content: string): string =>
    createHmac("sha256", key).update(`imitated token ${content}`).digest("base64url");
  return {
    lifetimeSeconds,
    issue(now) {
      const content = [now + lifetimeSeconds * 1000, generation, randomBytes(9).toString("base64url")].join(".");
      return `${content}.${seal(content)}`;
    },
    isValid(token, now) {
      const end = token.lastIndexOf(".");
      const content = token.slice(0, end);
      const given = Buffer.from(token.slice(end + 1));
      const expected = Buffer.from(seal(content));
      if (end === -1 || given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
      const [expiresAt, issuedIn] = content.split(".").map(Number);
      return Number(expiresAt) > now && Number(issuedIn) >= generation;
    },
  };
}
