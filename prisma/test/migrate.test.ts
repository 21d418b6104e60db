import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { migrate } from "../migrate.ts";
import { migrationNames, migrationsDirectory } from "../schema-engine.ts";
import { runStatement } from "../testing/run-statement.ts";

let url: string;
let client: pg.Client;

beforeEach(async () => {
  const { url: serverUrl, template } = inject("testPostgres");
  const name = `${template}_${randomBytes(4).toString("hex")}`;
  await runStatement(serverUrl, `CREATE DATABASE ${name}`);
  url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  client = new pg.Client({ connectionString: url });
  await client.connect();
});

afterEach(() => client.end());

describe("migrate", () => {
  test("gives an empty database every migration, and a migrated one nothing", async () => {
    expect(await migrate(url)).toEqual({ applied: migrationNames() });
    expect(await migrate(url)).toEqual({ applied: [] });
  });

  test("applies each migration once when several processes start at once", async () => {
    const results = await Promise.all([migrate(url), migrate(url), migrate(url)]);
    expect(results.flatMap((result) => result.applied).sort()).toEqual(migrationNames());
  });

  test("records migrations as Prisma does: name, checksum, one finished step", async () => {
    await migrate(url);
    const { rows } = await client.query("SELECT * FROM _prisma_migrations ORDER BY started_at");
    expect(rows).toHaveLength(migrationNames().length);
    for (const [index, name] of migrationNames().entries()) {
      const script = readFileSync(`${migrationsDirectory}${name}/migration.sql`);
      expect(rows[index]).toMatchObject({
        migration_name: name,
        checksum: createHash("sha256").update(script).digest("hex"),
        finished_at: expect.any(Date),
        rolled_back_at: null,
        applied_steps_count: 1,
      });
    }
  });

  test("applies a migration again that a crash interrupted, and keeps that on record", async () => {
    // What a crash leaves: the row that announces the migration, and nothing of its transaction.
    await migrate(url);
    const { rows } = await client.query("SELECT * FROM _prisma_migrations");
    await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    await client.query(
      `CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
         migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
         started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count int NOT NULL DEFAULT 0)`,
    );
    await client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)", [
      rows[0].id,
      rows[0].checksum,
      rows[0].migration_name,
    ]);

    expect(await migrate(url)).toEqual({ applied: migrationNames() });
    const { rows: records } = await client.query(
      "SELECT finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS rolled_back FROM _prisma_migrations ORDER BY started_at",
    );
    expect(records[0]).toEqual({ finished: false, rolled_back: true });
    expect(records.slice(1)).toEqual(migrationNames().map(() => ({ finished: true, rolled_back: false })));
  });
});
