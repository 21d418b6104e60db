import { UnavailableError } from "./domain/errors.ts";

/** The work's result; @throws UnavailableError when it takes longer. The work itself goes on: its database statements have their own, longer limits. */
export async function answerWithin<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new UnavailableError("The database does not answer in time. Repeat the call in a moment.")),
    timeoutMs,
  );
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
