import type { Payload } from "../src/index.ts";

/** A payload that counts how often it is read, and notes what was read that is not its own. */
export interface WatchedPayload {
  readonly payload: Payload;
  readonly reads: () => number;
  readonly foreignReads: readonly PropertyKey[];
}

export function watched(payload: Payload): WatchedPayload {
  let reads = 0;
  const foreignReads: PropertyKey[] = [];
  const watch = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(watch);
    const fields = Object.fromEntries(Object.entries(value).map(([key, field]) => [key, watch(field)]));
    return new Proxy(fields, {
      get: (target, key) => {
        reads += 1;
        // JSON.stringify asks every object for it.
        if (!Object.hasOwn(target, key) && key !== "toJSON") foreignReads.push(key);
        return Object.hasOwn(target, key) ? target[key as string] : undefined;
      },
      set: () => false,
      defineProperty: () => false,
      deleteProperty: () => false,
      setPrototypeOf: () => false,
    });
  };
  return { payload: watch(payload) as Payload, reads: () => reads, foreignReads };
}
