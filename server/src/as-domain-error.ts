import { DomainError, UnavailableError } from "./domain/errors.ts";
import { errorCode } from "./error-code.ts";

/** Prisma's codes for a server that is not there, too slow or full. */
const PRISMA_CODES = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2037"]);
const SYSTEM_CODES = new Set(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EPIPE", "ENOTFOUND", "EAI_AGAIN"]);
/** SQLSTATE: connection exception, insufficient resources, shutting down; statement and lock timeouts. */
const SQLSTATES = /^(08...|53...|57P0.|57014|55P03)$/;
/** The driver's own errors have no code. */
const DRIVER_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

/** The refusal that an error stands for: itself, or "unavailable" when the database is away or cannot cope. Null: the error is unexpected, and internal. */
export function asDomainError(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error;
  return isDatabaseUnavailable(error)
    ? new UnavailableError("The database cannot be reached. Repeat the call in a moment.")
    : null;
}

function isDatabaseUnavailable(error: unknown): boolean {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth++) {
    const code = errorCode(current);
    if (PRISMA_CODES.has(code) || SYSTEM_CODES.has(code) || SQLSTATES.test(code)) return true;
    if (DRIVER_MESSAGES.test(current.message)) return true;
    current = driverError(current) ?? current.cause;
  }
  return false;
}

/** Prisma keeps what the driver said beside the usual chain of causes. */
function driverError(error: Error): unknown {
  const meta = "meta" in error ? (error.meta as { readonly driverAdapterError?: unknown } | undefined) : undefined;
  return meta?.driverAdapterError;
}
