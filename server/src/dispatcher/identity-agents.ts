import type { TlsIdentity } from "../domain/receiver-login.ts";

/** One pool of connections for each client certificate, so that none is used under another's name. */
export interface IdentityAgents<Agent> {
  of(identity: TlsIdentity): Agent;
  /** Resolves when the requests under way have ended. */
  close(): Promise<void>;
}

/** Beyond it the one that was opened first makes room. */
const AGENTS_MAX = 200;
/** Longer than a request may take. */
const IDLE_MS = 60_000;

export function createIdentityAgents<Agent extends { close(): Promise<void> }>(
  open: (identity: TlsIdentity) => Agent,
): IdentityAgents<Agent> {
  const entries = new Map<string, { readonly agent: Agent; readonly idle: NodeJS.Timeout }>();

  /** Requests under way end by themselves. */
  function drop(fingerprint: string): void {
    const entry = entries.get(fingerprint);
    if (entry === undefined) return;
    entries.delete(fingerprint);
    clearTimeout(entry.idle);
    void entry.agent.close();
  }

  return {
    of(identity) {
      const { fingerprint } = identity;
      const known = entries.get(fingerprint);
      if (known !== undefined) {
        known.idle.refresh();
        return known.agent;
      }
      const agent = open(identity);
      entries.set(fingerprint, { agent, idle: setTimeout(drop, IDLE_MS, fingerprint).unref() });
      const [oldest] = entries.keys();
      if (entries.size > AGENTS_MAX && oldest !== undefined) drop(oldest);
      return agent;
    },
    async close() {
      const opened = [...entries.values()];
      entries.clear();
      for (const { idle } of opened) clearTimeout(idle);
      await Promise.all(opened.map(({ agent }) => agent.close()));
    },
  };
}
