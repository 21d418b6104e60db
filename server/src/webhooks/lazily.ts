/** Computes at the first call and keeps what came of it, also that it failed. */
export function lazily<T>(compute: () => T): () => T {
  let settled: { readonly value: T } | { readonly error: unknown } | null = null;
  return () => {
    settled ??= settle(compute);
    if ("error" in settled) throw settled.error;
    return settled.value;
  };
}

function settle<T>(compute: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: compute() };
  } catch (error) {
    return { error };
  }
}
