import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

export interface SchemaChange {
  /** What changed, dotted, for example `Query.delivery.id`; the message if it is nothing in particular. */
  readonly path: string;
  /** A sentence for people. */
  readonly message: string;
}

export interface SchemaChanges {
  /** Documents that ran against the baseline may fail. */
  readonly breaking: readonly SchemaChange[];
  /** Documents run on, but callers may meet what they do not expect, such as a new enum value. */
  readonly dangerous: readonly SchemaChange[];
}

/** What a schema changed for callers of the baseline; both as SDL. Additions are no change for them. */
export async function schemaChanges(baseline: string, schema: string): Promise<SchemaChanges> {
  const changes = await diff(buildSchema(baseline), buildSchema(schema));
  const at = (level: CriticalityLevel): readonly SchemaChange[] =>
    changes
      .filter(({ criticality }) => criticality.level === level)
      .map(({ path, message }) => ({ path: path ?? message, message }));
  return { breaking: at(CriticalityLevel.Breaking), dangerous: at(CriticalityLevel.Dangerous) };
}

/** The changes whose path the changelog does not name in its section "Unreleased". */
export function unannounced(changes: readonly SchemaChange[], changelog: string): readonly SchemaChange[] {
  const unreleased = /^## Unreleased$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(changelog)?.[1] ?? "";
  return changes.filter(({ path }) => !unreleased.includes(`\`${path}\``));
}
