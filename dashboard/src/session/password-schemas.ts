import { z } from "zod/mini";

/** A password that somebody has, every space of it. */
export const givenPassword = z.string().check(z.minLength(1, "form.required"));

/** A password that somebody chooses, as long as the server wants it. */
export const newPassword = z
  .string()
  .check(z.minLength(12, "account.passwordRefused"), z.maxLength(128, "account.passwordRefused"));
