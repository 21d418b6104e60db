import type { Actor } from "../access/actor.ts";

/** A person has a few tabs open; a program has as many workers. */
const CONNECTIONS_MAX: Readonly<Record<Actor["kind"], number>> = { user: 5, apiKey: 50, system: 0 };

/** The connections that stay open (WebSockets and server-sent events), counted by actor in this process. */
export interface OpenConnections {
  /** Takes a place for one more; answers how to give it back, or null when the actor has no place left. */
  take(actor: Actor): (() => void) | null;
}

export function createOpenConnections(): OpenConnections {
  const counts = new Map<string, number>();
  return {
    take({ kind, id }) {
      const actor = `${kind}/${id}`;
      const count = counts.get(actor) ?? 0;
      if (count >= CONNECTIONS_MAX[kind]) return null;
      counts.set(actor, count + 1);
      let isTaken = true;
      return () => {
        if (!isTaken) return;
        isTaken = false;
        const left = (counts.get(actor) ?? 1) - 1;
        if (left === 0) counts.delete(actor);
        else counts.set(actor, left);
      };
    },
  };
}
