import { diffToSchema } from "./schema-engine.ts";

/**
 * Foreign keys that `schema.prisma` has, for its relations, and the database does not: keys into partitioned tables would forbid
 * dropping partitions, and keys out of them would lock rows on the hot path.
 */
const omittedForeignKeys = [
  "deliveries_event_id_fkey",
  "deliveries_organization_id_fkey",
  "deliveries_webhook_config_id_fkey",
  "delivery_attempts_delivery_id_fkey",
  "delivery_requests_delivery_id_fkey",
  "order_events_organization_id_fkey",
];

export interface SchemaDrift {
  /** What would have to be done to the database, each step as the engine's comment and SQL; empty if it agrees with `schema.prisma`. */
  readonly steps: string[];
  /** Names of the foreign keys that are left out on purpose. */
  readonly omittedForeignKeys: string[];
}

/** Compares a migrated database with `schema.prisma`. */
export async function findSchemaDrift(databaseUrl: string): Promise<SchemaDrift> {
  const script = await diffToSchema(databaseUrl);
  const drift: SchemaDrift = { steps: [], omittedForeignKeys: [] };
  for (const step of script.split(/^(?=-- )/m).map((part) => part.trim())) {
    const foreignKey = /^-- AddForeignKey\nALTER TABLE "\w+" ADD CONSTRAINT "(\w+)" FOREIGN KEY [^;]*;$/.exec(
      step,
    )?.[1];
    if (foreignKey !== undefined && omittedForeignKeys.includes(foreignKey)) drift.omittedForeignKeys.push(foreignKey);
    // A step without SQL is only a remark, such as that the migration is empty.
    else if (step.split("\n").some((line) => line !== "" && !line.startsWith("--"))) drift.steps.push(step);
  }
  drift.omittedForeignKeys.sort();
  return drift;
}
