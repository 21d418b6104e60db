import { z } from "zod/mini";

/** Text without the spaces around it, of which something has to be left. */
export const requiredText = z.string().check(z.trim(), z.minLength(1, "form.required"));
