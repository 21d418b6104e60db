import { randomUUIDv7 } from "node:crypto";
import { Queue } from "bullmq";
import type { BullmqWebhook, DeliveryJob } from "./bullmq.ts";
import { type ClosedLoop, type ClosedLoopResult, startClosedLoop } from "./closed-loop.ts";
import { answerParent } from "./helper-process.ts";
import { OrderTemplate, orderPayload } from "./sample-order.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "./webhooks-per-organization.ts";

// The order backend of the obvious alternative: it adds the jobs itself, with no API in between.

let queue: Queue<DeliveryJob>;
let loop: ClosedLoop;

const offered = {
  start(options: {
    queue: string;
    redisPort: number;
    webhooks: readonly BullmqWebhook[];
    eventsPerCall: number;
    concurrency: number;
    outstandingMax: number;
    receiverUrl: string;
  }): void {
    const { webhooks, eventsPerCall } = options;
    queue = new Queue(options.queue, { connection: { host: "127.0.0.1", port: options.redisPort } });
    const organizations = Map.groupBy(webhooks, ({ organizationId }) => organizationId);
    const turns = [...organizations].map(([organizationId, ofOrganization]) => ({
      template: new OrderTemplate(orderPayload(organizationId, 0)),
      webhooks: ofOrganization,
    }));
    let turn = 0;
    const publish = async (firstOrder: number): Promise<void> => {
      turn = (turn + 1) % turns.length;
      const { template, webhooks: ofOrganization } = turns[turn] as (typeof turns)[number];
      const jobs = [];
      for (let order = firstOrder; order < firstOrder + eventsPerCall; order += 1) {
        const body = template.numbered(order).toString();
        for (const { organizationId, id: webhookConfigId, origin, path } of ofOrganization) {
          const data = { deliveryId: randomUUIDv7(), organizationId, webhookConfigId, origin, path, body };
          jobs.push({ name: "order.created", data, opts: JOB_OPTIONS });
        }
      }
      await queue.addBulk(jobs);
    };
    loop = startClosedLoop({ ...options, publish, ordersPerCall: eventsPerCall, firstOrder: 0 });
  },
  /** Jobs that are not finished. */
  async backlog(): Promise<number> {
    return queue.getJobCountByTypes("wait", "active", "delayed", "prioritized");
  },
  async stop(): Promise<ClosedLoopResult & { readonly expectedDeliveries: number }> {
    const result = await loop.stop();
    return { ...result, expectedDeliveries: result.published * WEBHOOKS_PER_ORGANIZATION };
  },
};
export type BullmqPublisher = typeof offered;
answerParent(offered);

const JOB_OPTIONS = {
  attempts: 4,
  backoff: { type: "exponential", delay: 60_000 },
  removeOnComplete: true,
  removeOnFail: 1000,
};
