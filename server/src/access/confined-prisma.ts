import { Prisma, type PrismaClient } from "@vera-qr/prisma/client";
import { type Actor, withinReach } from "./actor.ts";

/**
 * The database as an actor may read it. Whatever a query asks for, of what organizations own it finds only what is within the actor's reach, so a resolver
 * that forgets to ask whose something is shows nothing. It cannot write: writes go through use-cases.
 */
export type ConfinedPrisma = (actor: Actor) => PrismaClient;

/** The field of each model that says which organization owns a row. What has none (users, sessions …) is not read through this client. */
const OWNER_FIELD: ReadonlyMap<string, string> = new Map(
  Object.values(Prisma.ModelName).flatMap((model): [string, string][] => {
    if (model === "Organization") return [[model, "id"]];
    return "organizationId" in Prisma[`${model}ScalarFieldEnum`] ? [[model, "organizationId"]] : [];
  }),
);

const READS: ReadonlySet<string> = new Set([
  "findUnique",
  "findUniqueOrThrow",
  "findFirst",
  "findFirstOrThrow",
  "findMany",
  "count",
  "aggregate",
  "groupBy",
]);

export function createConfinedPrisma(prisma: PrismaClient): ConfinedPrisma {
  const clients = new WeakMap<Actor, PrismaClient>();
  return (actor) => {
    const known = clients.get(actor);
    if (known !== undefined) return known;
    const confined = confine(prisma, actor);
    clients.set(actor, confined);
    return confined;
  };
}

function confine(prisma: PrismaClient, actor: Actor): PrismaClient {
  const reach = withinReach(actor);
  const confined = prisma.$extends({
    query: {
      async $allOperations({ model, operation, args, query }) {
        const ownerField = model === undefined ? undefined : OWNER_FIELD.get(model);
        if (ownerField === undefined || !READS.has(operation)) {
          throw new Error(`"${operation}" of ${model ?? "the database"} is not for readers.`);
        }
        if (reach.in === undefined) return await query(args);
        const { where, ...rest } = args as { where?: { AND?: object | object[] } };
        const conditions = [where?.AND ?? [], { [ownerField]: reach }].flat();
        return await query({ ...rest, where: { ...where, AND: conditions } });
      },
    },
  });
  // Same calls, same results: an extension's type only adds what this one does not have.
  return confined as unknown as PrismaClient;
}
