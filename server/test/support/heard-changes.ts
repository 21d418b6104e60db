import type { TestOrganization } from "./fixtures.ts";
import type { TestService } from "./test-service.ts";

/** What a watcher of an organization's live updates was told, in order. */
export interface HeardChanges {
  readonly deliveryIds: readonly string[];
  stop(): void;
}

export function hearChanges({ services }: Pick<TestService, "services">, { id }: TestOrganization): HeardChanges {
  const ending = new AbortController();
  const deliveryIds: string[] = [];
  void (async () => {
    const { signal } = ending;
    for await (const batch of services.changes.watch(id, { since: null, intervalMs: 10, signal })) {
      deliveryIds.push(...batch.deliveryIds);
    }
  })();
  return { deliveryIds, stop: () => ending.abort() };
}
