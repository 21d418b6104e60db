/** The code of a system, driver or PostgreSQL error (`ECONNREFUSED`, `P1001`, SQLSTATE `23505`); empty when it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** SQLSTATE of the database's error that an error of Prisma's stands for; empty when there is none. */
export function sqlStateOfPrisma(error: unknown): string {
  const { meta } = error as { readonly meta?: { readonly driverAdapterError?: { readonly cause?: unknown } } };
  const { originalCode } = (meta?.driverAdapterError?.cause ?? {}) as { readonly originalCode?: string };
  return originalCode ?? "";
}

/** The statement was given up because it took too long. */
export const QUERY_CANCELED = "57014";

/** SQLSTATE classes 22 and 23: the data itself is refused, and a repeat would be refused again. */
export function isDataError(error: unknown): boolean {
  return /^2[23]...$/.test(errorCode(error));
}
