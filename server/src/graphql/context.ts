import type { PrismaClient } from "@vera-qr/prisma/client";
import type { Pool } from "pg";
import type { Actor } from "../access/actor.ts";
import type { ConfinedPrisma } from "../access/confined-prisma.ts";
import type { ChangeWatcher } from "../broadcast/change-watcher.ts";
import type { OrganizationWatcher } from "../broadcast/organization-watcher.ts";
import type { Clock } from "../clock.ts";
import type { EventIndex } from "../search/event-index.ts";
import type { UseCases } from "../use-cases.ts";
import type { ReadMissed } from "../webhooks/read-missed.ts";

/** The parts of the process that an API request may use. */
export interface ApiServices {
  readonly useCases: UseCases;
  readonly prismaFor: ConfinedPrisma;
  readonly pool: Pool;
  readonly readMissed: ReadMissed;
  /** For what may take long: see `Database`. */
  readonly queryPool: Pool;
  readonly eventIndex: EventIndex;
  readonly changes: ChangeWatcher;
  readonly organizationChanges: OrganizationWatcher;
  readonly clock: Clock;
  readonly version: string;
}

/** One request: who asks, and what answers. */
export interface GraphQLContext {
  readonly actor: Actor;
  /** Reads, confined to what the actor may reach. */
  readonly prisma: PrismaClient;
  readonly services: ApiServices;
}
