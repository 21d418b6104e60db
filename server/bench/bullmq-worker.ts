import { createHmac, createSecretKey, type KeyObject, randomUUIDv7 } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "@vera-qr/prisma/client";
import { Worker } from "bullmq";
import pg from "pg";
import { Agent } from "undici";
import type { BullmqWebhook, DeliveryJob } from "./bullmq.ts";
import { answerParent } from "./helper-process.ts";

// A worker of the obvious alternative: takes a job, signs, sends with undici, and writes a log row through Prisma.

type LogRow = Prisma.DeliveryAttemptCreateManyInput;

const PRISMA_CONNECTIONS = 16;
const BATCH_ROWS = 256;
const BATCH_MS = 10;

let worker: Worker<DeliveryJob> | undefined;

const offered = {
  async start(options: {
    queue: string;
    redisPort: number;
    databaseUrl: string;
    webhooks: readonly BullmqWebhook[];
    concurrency: number;
    /** Whether log rows of jobs that end at about the same time share an insert. */
    batchesLog: boolean;
  }): Promise<void> {
    const pool = new pg.Pool({ connectionString: options.databaseUrl, max: PRISMA_CONNECTIONS });
    const statementNames = new Map<string, string>();
    const prisma = new PrismaClient({
      adapter: new PrismaPg(pool, {
        statementNameGenerator({ sql }) {
          const name = statementNames.get(sql) ?? `statement_${statementNames.size}`;
          statementNames.set(sql, name);
          return name;
        },
      }),
    });
    const write = options.batchesLog
      ? createBatchedWrite(prisma)
      : async (data: LogRow) => void (await prisma.deliveryAttempt.create({ data, select: { id: true } }));
    const agent = new Agent({ connections: options.concurrency });
    const keys = new Map(options.webhooks.map(({ id, secret }) => [id, createSecretKey(Buffer.from(secret))]));

    worker = new Worker<DeliveryJob>(
      options.queue,
      async ({ data, attemptsMade }) => {
        const body = Buffer.from(data.body);
        const headers = sign(data, body, attemptsMade + 1, keys.get(data.webhookConfigId) as KeyObject);
        const startedAt = new Date();
        const response = await agent.request({ origin: data.origin, path: data.path, method: "POST", headers, body });
        const responseBody = await response.body.text();
        const finishedAt = new Date();
        await write({
          deliveryId: data.deliveryId,
          id: randomUUIDv7(),
          organizationId: data.organizationId,
          webhookConfigId: data.webhookConfigId,
          attemptNumber: attemptsMade + 1,
          trigger: "initial",
          outcome: response.statusCode < 300 ? "delivered" : "rejected",
          requestUrl: data.origin + data.path,
          requestHeaders: headers,
          responseStatus: response.statusCode,
          responseHeaders: response.headers as Record<string, string>,
          responseBody,
          responseTimeMs: finishedAt.getTime() - startedAt.getTime(),
          startedAt,
          finishedAt,
        });
        if (response.statusCode >= 300) throw new Error(`HTTP ${response.statusCode}`);
      },
      {
        connection: { host: "127.0.0.1", port: options.redisPort, maxRetriesPerRequest: null },
        concurrency: options.concurrency,
      },
    );
    worker.on("error", (error) => console.error(error));
    await worker.waitUntilReady();
  },
};
export type BullmqWorker = typeof offered;
answerParent(offered);

function sign(job: DeliveryJob, body: Buffer, attemptNumber: number, key: KeyObject): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const standardSignature = createHmac("sha256", key).update(`${job.deliveryId}.${timestamp}.`).update(body);
  return {
    "Content-Type": "application/json",
    "X-Webhook-Event": "order.created",
    "X-Webhook-Delivery": job.deliveryId,
    "X-Webhook-Attempt": String(attemptNumber),
    "X-Webhook-Signature": createHmac("sha256", key).update(body).digest("hex"),
    "webhook-id": job.deliveryId,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${standardSignature.digest("base64")}`,
  };
}

/** Resolves when the row is committed, together with those that came at about the same time. */
function createBatchedWrite(prisma: PrismaClient): (row: LogRow) => Promise<void> {
  let rows: LogRow[] = [];
  let written = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const batch = rows;
    const { resolve, reject } = written;
    rows = [];
    written = Promise.withResolvers();
    prisma.deliveryAttempt.createMany({ data: batch }).then(() => resolve(), reject);
  }

  return (row) => {
    rows.push(row);
    const { promise } = written;
    if (rows.length >= BATCH_ROWS) flush();
    else timer ??= setTimeout(flush, BATCH_MS);
    return promise;
  };
}
