import { z } from "zod";
import { refusedAs } from "./error-reasons.ts";

// Printable ASCII around one @: lower-casing it is the same in every language and in PostgreSQL. `admin@localhost` is an address, too.
const EMAIL = /^[!-?A-~]+@[!-?A-~]+$/;

/** An e-mail address, in lower case: it names one person. */
export const emailAddress = z
  .string({ error: "must be a string" })
  .trim()
  .max(254, "must be at most 254 characters")
  .refine((text) => EMAIL.test(text), refusedAs("must be an e-mail address", { reason: "NOT_AN_EMAIL_ADDRESS" }))
  .toLowerCase();
