import { type Logger as PinoLogger, pino } from "pino";
import type { LogLevel } from "./config.ts";

export type Logger = PinoLogger;

/** JSON lines on standard output, written in chunks: a line per delivery must not cost a system call each. Secrets are never given to it. */
export function createLogger(level: LogLevel): Logger {
  return pino(
    {
      level,
      base: { service: "vera-qr-webhooks" },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 200 }),
  );
}
