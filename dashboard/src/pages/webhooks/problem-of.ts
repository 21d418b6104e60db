/** Why a mutation was not carried out, in the server's words; null when it was. */
export function problemOf(
  errors: readonly { readonly message: string }[] | undefined,
  failure: Error | undefined,
): string | null {
  return errors?.map(({ message }) => message).join(" ") || failure?.message || null;
}
