import { setTimeout as delay } from "node:timers/promises";
import { Agent } from "undici";
import { answerParent } from "./helper-process.ts";
import { OrderTemplate, orderPayload } from "./sample-order.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "./webhooks-per-organization.ts";

// The limit of sending: unsigned POSTs with plain undici and nothing else.

const offered = {
  /** Answers the requests that were answered after the warm-up, and the CPU microseconds of each. */
  async run(options: { urls: readonly string[]; concurrency: number; warmUpSeconds: number; seconds: number }) {
    const agent = new Agent({ connections: options.concurrency });
    const template = new OrderTemplate(orderPayload("00000000-0000-4000-8000-000000000000", 0));
    const headers = { "content-type": "application/json" };
    let begun = 0;
    let answered = 0;
    let isStopping = false;
    const post = async (): Promise<void> => {
      while (!isStopping) {
        const request = begun++;
        const url = options.urls[request % options.urls.length] as string;
        // As with the product, two POSTs carry the same order.
        const body = template.numbered(Math.floor(request / WEBHOOKS_PER_ORGANIZATION));
        const response = await agent.request({
          origin: url,
          path: `/${request % WEBHOOKS_PER_ORGANIZATION}`,
          method: "POST",
          headers,
          body,
        });
        await response.body.text();
        answered += 1;
      }
    };
    const posting = Array.from({ length: options.concurrency }, post);
    await delay(options.warmUpSeconds * 1000);
    const before = { answered, at: performance.now(), cpu: process.cpuUsage() };
    await delay(options.seconds * 1000);
    const measured = answered - before.answered;
    const seconds = (performance.now() - before.at) / 1000;
    const cpu = process.cpuUsage(before.cpu);
    isStopping = true;
    await Promise.all(posting);
    await agent.close();
    return { perSecond: measured / seconds, cpuMicrosEach: (cpu.user + cpu.system) / measured };
  },
};
export type RawPost = typeof offered;
answerParent(offered);
