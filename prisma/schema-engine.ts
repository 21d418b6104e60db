import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import pg from "pg";

export const migrationsDirectory = fileURLToPath(new URL("./migrations/", import.meta.url));
const schemaPath = fileURLToPath(new URL("./schema.prisma", import.meta.url));

/** The migrations on disk, in the order in which they are applied. */
export function migrationNames(): string[] {
  const entries = readdirSync(migrationsDirectory, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** Applies the migrations that the database lacks, in order, each in one transaction; returns their names. */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const migrationsList = readMigrations();
  return withSchemaEngine(databaseUrl, async (engine) => {
    const { failedMigrationNames } = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: noFilters,
    });
    // Begun but not finished: its transaction was rolled back (see `executeScript` below), so it is simply applied again.
    for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
    return (await engine.applyMigrations({ migrationsList, filters: noFilters })).appliedMigrationNames;
  });
}

/** The SQL that would turn the database into what `schema.prisma` says, as the schema engine writes it. */
export async function diffToSchema(databaseUrl: string): Promise<string> {
  const schema = { files: [{ path: schemaPath, content: readFileSync(schemaPath, "utf8") }] };
  return withSchemaEngine(databaseUrl, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", ...schema, configDir: migrationsDirectory },
      to: { tag: "schemaDatamodel", ...schema },
      script: true,
      exitCode: null,
      filters: noFilters,
    });
    return stdout ?? "";
  });
}

const noFilters = { externalTables: [], externalEnums: [] };

function readMigrations(): MigrationList {
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: migrationNames().map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(`${migrationsDirectory}${name}/migration.sql`, "utf8") },
      },
    })),
  };
}

async function withSchemaEngine<T>(databaseUrl: string, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine } = await loadSchemaEngine();
  // The engine leaves the text of its panics in this global.
  let panic: string | undefined;
  const registry = { set_message: (text: string) => (panic = text) };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: registry });
  // One connection, because the engine keeps its own advisory lock in the session.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: "vera-qr schema engine" });
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(new SchemaEnginePg(pool));
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, factory);
    return await use(engine);
  } catch (error) {
    throw panic === undefined ? error : new Error(`Prisma's schema engine panicked: ${panic}`, { cause: error });
  } finally {
    await pool.end();
  }
}

/** Every Node has it, but only TypeScript's browser libraries declare it. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

type SchemaEngineModule = typeof import("@prisma/schema-engine-wasm");
let loaded: Promise<SchemaEngineModule> | undefined;

/** Instantiates the engine by hand: importing a `.wasm` file makes Node print an experimental warning. */
function loadSchemaEngine(): Promise<SchemaEngineModule> {
  loaded ??= (async () => {
    const entry = pathToFileURL(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
    const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
    const bytes = await readFile(new URL("schema_engine_bg.wasm", entry));
    // Its time-outs, ten seconds long, must not keep a process alive that is done.
    const setTimer = (callback: () => void, ms: number) => setTimeout(callback, ms).unref();
    const timers = Object.keys(bindings).filter((name) => name.startsWith("__wbg_setTimeout_"));
    const imports = { ...bindings, ...Object.fromEntries(timers.map((name) => [name, setTimer])) };
    const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": imports });
    bindings.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
    return bindings;
  })();
  return loaded;
}

/** What `adapter-pg` is for queries, made fit for the schema engine. */
class SchemaEnginePg extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();

    // The original splits a migration at every semicolon, function bodies included. Sent as one simple query it is one
    // transaction, and its mark as finished belongs to it: an unfinished migration has changed nothing.
    adapter.executeScript = async (script) => {
      await pool.query(`${script}\n;${finishRunningMigration}`);
    };

    // The original refuses columns of the catalogs' type `"char"`: it is shown them as char(n), the engine as characters.
    const queryRaw = adapter.queryRaw;
    adapter.queryRaw = async (query) => {
      let isChar: boolean[] = [];
      const client = {
        async query(config: pg.QueryArrayConfig) {
          const result = await pool.query(config);
          isChar = result.fields.map((field) => field.dataTypeID === charTypeId);
          for (const field of result.fields) if (field.dataTypeID === charTypeId) field.dataTypeID = bpcharTypeId;
          return result;
        },
      };
      const result = await queryRaw.call(Object.create(adapter, { client: { value: client } }), query);
      const columnTypes = result.columnTypes.map((type, index) => (isChar[index] ? ColumnTypeEnum.Character : type));
      return { ...result, columnTypes };
    };
    return adapter;
  }
}

const finishRunningMigration =
  "UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL";
const charTypeId = 18;
const bpcharTypeId = 1042;
