import { z } from "zod";
import { NOT_WELL_FORMED } from "./error-reasons.ts";

export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 128;

/** A password that somebody chooses. Length is all that is asked for: rules about its characters make passwords predictable. */
export const newPassword = z
  .string({ error: "must be a string" })
  .min(PASSWORD_LENGTH_MIN, `must be at least ${PASSWORD_LENGTH_MIN} characters`)
  .max(PASSWORD_LENGTH_MAX, `must be at most ${PASSWORD_LENGTH_MAX} characters`)
  .refine((text) => text.isWellFormed(), NOT_WELL_FORMED);
