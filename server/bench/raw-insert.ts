import { randomUUIDv7 } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { answerParent } from "./helper-process.ts";
import { orderPayload } from "./sample-order.ts";

// The limit of storing: batches of 1 KB rows in one statement each, and nothing else.

const CREATE = `CREATE TABLE IF NOT EXISTS raw_rows (
  id UUID PRIMARY KEY, organization_id UUID NOT NULL, payload TEXT NOT NULL, created_at TIMESTAMPTZ NOT NULL)`;
const INSERT = `INSERT INTO raw_rows SELECT id, $2, payload, now() FROM unnest($1::uuid[], $3::text[]) AS row(id, payload)`;

const offered = {
  /** Answers the rows that were committed after the warm-up, and this process's CPU microseconds for each. */
  async run(options: {
    databaseUrl: string;
    rowsPerStatement: number;
    connections: number;
    warmUpSeconds: number;
    seconds: number;
  }) {
    const { rowsPerStatement, connections } = options;
    const pool = new pg.Pool({ connectionString: options.databaseUrl, max: connections });
    await pool.query(CREATE);
    const organizationId = randomUUIDv7();
    const payload = orderPayload(organizationId, 0);
    let rows = 0;
    let isStopping = false;
    const insert = async (): Promise<void> => {
      while (!isStopping) {
        await pool.query({
          name: "insert",
          text: INSERT,
          values: [
            Array.from({ length: rowsPerStatement }, () => randomUUIDv7()),
            organizationId,
            new Array(rowsPerStatement).fill(payload),
          ],
        });
        rows += rowsPerStatement;
      }
    };
    const inserting = Array.from({ length: connections }, insert);
    await delay(options.warmUpSeconds * 1000);
    const before = { rows, at: performance.now(), cpu: process.cpuUsage() };
    await delay(options.seconds * 1000);
    const measured = rows - before.rows;
    const seconds = (performance.now() - before.at) / 1000;
    const cpu = process.cpuUsage(before.cpu);
    isStopping = true;
    await Promise.all(inserting);
    await pool.end();
    return { perSecond: measured / seconds, cpuMicrosEach: (cpu.user + cpu.system) / measured };
  },
};
export type RawInsert = typeof offered;
answerParent(offered);
