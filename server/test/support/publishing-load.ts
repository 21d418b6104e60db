import { setTimeout as delay } from "node:timers/promises";
import { anOrder, publish, type TestOrganization } from "./fixtures.ts";
import type { TestService } from "./test-service.ts";

/** Publishers that never stop of themselves, whatever happens to the service. */
export interface PublishingLoad {
  /** Events whose publication was acknowledged, by idempotency key. */
  readonly acknowledged: ReadonlyMap<string, string>;
  /** Resolves when every publisher has ended: each repeats its last event until that is acknowledged. */
  stop(): Promise<void>;
}

/** Each publisher repeats an event with its key until it is acknowledged. `service` answers the process to use at that moment. */
export function startPublishingLoad(
  service: () => Pick<TestService, "graphql">,
  organization: TestOrganization,
  publishers: number,
): PublishingLoad {
  const acknowledged = new Map<string, string>();
  let isStopping = false;

  async function publishForEver(publisher: number): Promise<void> {
    for (let number = 0; !isStopping; number += 1) {
      const idempotencyKey = `${publisher}-${number}`;
      const order = anOrder({ orderNumber: idempotencyKey });
      acknowledged.set(idempotencyKey, await publishUntilAcknowledged({ idempotencyKey, order }));
    }
  }

  async function publishUntilAcknowledged(event: Record<string, unknown>): Promise<string> {
    for (;;) {
      const answer = await publish(service(), organization, event).catch(() => null);
      if (answer?.event != null) return answer.event.id;
      await delay(20);
    }
  }

  const running = Array.from({ length: publishers }, (_, publisher) => publishForEver(publisher));
  return {
    acknowledged,
    async stop() {
      isStopping = true;
      await Promise.all(running);
    },
  };
}
