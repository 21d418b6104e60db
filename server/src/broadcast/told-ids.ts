/** Ids of what was told already, while it may be read again. */
export interface ToldIds {
  /** Whether it is told now; false when it was before. */
  add(id: string, nowMs: number): boolean;
  /** Forgets what is not read again. */
  forgetBefore(nowMs: number): void;
}

/** `keptMs` is longer than readers read back. */
export function createToldIds(keptMs: number): ToldIds {
  const forgetAt = new Map<string, number>();
  return {
    add(id, nowMs) {
      if (forgetAt.has(id)) return false;
      forgetAt.set(id, nowMs + keptMs);
      return true;
    },
    forgetBefore(nowMs) {
      for (const [id, at] of forgetAt) {
        if (at > nowMs) break;
        forgetAt.delete(id);
      }
    },
  };
}
