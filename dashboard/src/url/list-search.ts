import { z } from "zod/mini";

/** A parameter that may be in the address several times; what is none of `names` is left out. Undefined if nothing is left. */
export function listOf<Name extends string>(names: readonly Name[]) {
  return listWhere((value): value is Name => (names as readonly string[]).includes(value));
}

/** The same for ids, which nobody can list. */
export const listOfIds = listWhere((value): value is string => uuid.test(value));

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function listWhere<Name extends string>(isKnown: (value: string) => value is Name) {
  return z.optional(
    z.transform((value: unknown): Name[] | undefined => {
      const values = (Array.isArray(value) ? value : [value]).map(String).filter(isKnown);
      return values.length === 0 ? undefined : [...new Set(values)];
    }),
  );
}
