/** The code of a system, driver or PostgreSQL error (`ECONNREFUSED`, `P1001`, SQLSTATE `23505`); empty when it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** SQLSTATE classes 22 and 23: the data itself is refused, and a repeat would be refused again. */
export function isDataError(error: unknown): boolean {
  return /^2[23]...$/.test(errorCode(error));
}
