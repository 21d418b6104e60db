/** Who watches which organization. */
export interface Watchers<Watcher> {
  /** Until the returned function is called. */
  add(organizationId: string, watcher: Watcher): () => void;
  of(organizationId: string): Iterable<Watcher>;
  has(organizationId: string): boolean;
  organizationIds(): string[];
}

export function createWatchers<Watcher>(): Watchers<Watcher> {
  const byOrganization = new Map<string, Set<Watcher>>();
  return {
    add(organizationId, watcher) {
      const siblings = byOrganization.get(organizationId) ?? new Set();
      byOrganization.set(organizationId, siblings.add(watcher));
      return () => {
        siblings.delete(watcher);
        if (siblings.size === 0) byOrganization.delete(organizationId);
      };
    },
    of: (organizationId) => byOrganization.get(organizationId) ?? [],
    has: (organizationId) => byOrganization.has(organizationId),
    organizationIds: () => [...byOrganization.keys()],
  };
}
