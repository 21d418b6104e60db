/** The token of an `Authorization: Bearer …` value (RFC 6750); null if there is none. */
export function bearerToken(authorization: string | null | undefined): string | null {
  return /^Bearer +([\x21-\x7e]{1,512}) *$/i.exec(authorization ?? "")?.[1] ?? null;
}
