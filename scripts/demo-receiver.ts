import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A system of the demo's restaurant, and how it is doing. */
export type DemoReceiver = { readonly name: string } & (
  | { readonly isUp: false }
  | {
      readonly isUp: true;
      readonly answersWithinMs: number;
      /** Share of requests that it answers 503, 0 to 1. */
      readonly failureShare: number;
    }
);

/** Starts it on a free port of this machine and answers its URL, at which nobody listens if it is down. It ends with the process. */
export async function startDemoReceiver(receiver: DemoReceiver): Promise<string> {
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    if (!receiver.isUp) return;
    await delay(Math.random() * receiver.answersWithinMs);
    response.writeHead(Math.random() < receiver.failureShare ? 503 : 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  if (!receiver.isUp) server.close();
  server.unref();
  return `http://127.0.0.1:${port}/orders`;
}
