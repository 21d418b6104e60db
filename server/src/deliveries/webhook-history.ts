import type { AuditLogEntry } from "@vera-qr/prisma/client";
import type { AuditAction } from "../domain/audit-actions.ts";

/** Entries of the audit log that say when a webhook was on, what it subscribed to, and what its filter let through. */
export const HISTORY_ACTIONS = [
  "webhook_config.created",
  "webhook_config.updated",
  "webhook_config.disabled",
] as const satisfies readonly AuditAction[];

/** A webhook was switched on or off, or its event types changed. */
interface Switching {
  readonly at: Date;
  readonly isActive: boolean;
  readonly by: string;
}

interface Selection {
  readonly at: Date;
  readonly before: readonly string[];
}

interface FilterChange {
  readonly at: Date;
  readonly before: string | null;
}

/** What a webhook was like at an earlier time, as far as the audit log tells. Entries are given oldest first. */
export class WebhookHistory {
  readonly #switchings: readonly Switching[];
  readonly #selections: readonly Selection[];
  readonly #filterChanges: readonly FilterChange[];

  constructor(entries: readonly AuditLogEntry[]) {
    this.#switchings = entries.flatMap(switchingsIn);
    this.#selections = entries.flatMap(selectionsIn);
    this.#filterChanges = entries.flatMap(filterChangesIn);
  }

  /** The off time that a moment lies in: since when, until when (null: still), and who began it; null if the log knows of none. */
  offAt(at: Date): { readonly since: Date; readonly until: Date | null; readonly by: string } | null {
    const began = this.#switchings.findLast((switching) => switching.at <= at);
    if (began === undefined || began.isActive) return null;
    const ended = this.#switchings.find((switching) => switching.at > at && switching.isActive);
    return { since: began.at, until: ended?.at ?? null, by: began.by };
  }

  /** The event types at that time, given today's, and when they next changed (null: not since). */
  selectionAt(at: Date, today: readonly string[]): { readonly events: readonly string[]; readonly until: Date | null } {
    const changed = this.#selections.find((selection) => selection.at > at);
    return { events: changed?.before ?? today, until: changed?.at ?? null };
  }

  /** The same for the filter. */
  filterAt(at: Date, today: string | null): { readonly filter: string | null; readonly until: Date | null } {
    const changed = this.#filterChanges.find((change) => change.at > at);
    return changed === undefined ? { filter: today, until: null } : { filter: changed.before, until: changed.at };
  }
}

/** Who did what an entry says, for people. */
export function doerOf({ actorKind, actorName }: Pick<AuditLogEntry, "actorKind" | "actorName">): string {
  return actorKind === "system" ? "the service" : (actorName ?? "somebody");
}

function switchingsIn(entry: AuditLogEntry): readonly Switching[] {
  const isActive = activeAfter(entry);
  return isActive === undefined ? [] : [{ at: entry.createdAt, isActive, by: doerOf(entry) }];
}

function activeAfter({ action, details }: AuditLogEntry): boolean | undefined {
  if (action === "webhook_config.disabled") return false;
  const { isActive, changes } = details as { isActive?: boolean; changes?: { isActive?: { to: boolean } } };
  return action === "webhook_config.created" ? isActive : changes?.isActive?.to;
}

function selectionsIn({ details, createdAt }: AuditLogEntry): readonly Selection[] {
  const { changes } = details as { changes?: { events?: { from: string[] } } };
  return changes?.events === undefined ? [] : [{ at: createdAt, before: changes.events.from }];
}

function filterChangesIn({ details, createdAt }: AuditLogEntry): readonly FilterChange[] {
  const { changes } = details as { changes?: { filter?: { from: string | null } } };
  return changes?.filter === undefined ? [] : [{ at: createdAt, before: changes.filter.from }];
}
