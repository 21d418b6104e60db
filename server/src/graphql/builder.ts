import SchemaBuilder from "@pothos/core";
import ComplexityPlugin from "@pothos/plugin-complexity";
import PrismaPlugin from "@pothos/plugin-prisma";
import RelayPlugin from "@pothos/plugin-relay";
import ScopeAuthPlugin from "@pothos/plugin-scope-auth";
import type { PrismaClient } from "@vera-qr/prisma/client";
import type PrismaTypes from "@vera-qr/prisma/pothos-types";
import { getDatamodel } from "@vera-qr/prisma/pothos-types";
import { GraphQLError, type GraphQLField, getNamedType, getNullableType, isListType } from "graphql";
import { DateTimeResolver, JSONObjectResolver } from "graphql-scalars";
import { hasPermission, type Permission } from "../access/actor.ts";
import type { GraphQLContext } from "./context.ts";
import { OPERATION_LIMITS, operationLimitError } from "./operation-limits.ts";

/** Items of a page unless asked otherwise, and at most. */
export const PAGE_SIZE = 20;
export const PAGE_SIZE_MAX = 100;

/** What a list without pages is taken to hold. */
const LIST_SIZE = 5;

/** A field costs 1, and everything below it as often as it may come. */
function fieldCost(args: PageArguments, { name, type }: GraphQLField<unknown, GraphQLContext>): FieldCost {
  // The entries of a page are counted where the page is asked for.
  if (name === "edges") return { field: 1, multiplier: 1 };
  const size = args.first ?? args.last ?? PAGE_SIZE;
  if (getNamedType(type).name.endsWith("Connection")) return { field: 1, multiplier: Math.min(size, PAGE_SIZE_MAX) };
  return { field: 1, multiplier: isListType(getNullableType(type)) ? LIST_SIZE : 1 };
}

interface FieldCost {
  readonly field: number;
  readonly multiplier: number;
}

interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
}

export const builder = new SchemaBuilder<{
  Context: GraphQLContext;
  PrismaTypes: PrismaTypes;
  AuthScopes: { authenticated: boolean; scope: Permission };
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Scalars: {
    DateTime: { Input: Date; Output: Date };
    JSONObject: { Input: Record<string, unknown>; Output: unknown };
    ID: { Input: string; Output: string };
  };
}>({
  plugins: [ScopeAuthPlugin, RelayPlugin, PrismaPlugin, ComplexityPlugin],
  scopeAuth: {
    authScopes: ({ actor }) => ({
      authenticated: true,
      scope: (permission) => hasPermission(actor, permission),
    }),
    unauthorizedError: (_parent, _context, info) =>
      new GraphQLError(`You may not read "${info.fieldName}".`, { extensions: { code: "FORBIDDEN" } }),
  },
  defaultFieldNullability: false,
  relay: {
    cursorType: "String",
    edgesFieldOptions: { nullable: false },
    nodeFieldOptions: { nullable: false },
  } as never,
  prisma: {
    client: (context): PrismaClient => context.prisma,
    dmmf: getDatamodel(),
    defaultConnectionSize: PAGE_SIZE,
    maxConnectionSize: PAGE_SIZE_MAX,
    // A refused mutation shows nothing, and so asks nothing.
    onUnusedQuery: null,
  },
  complexity: {
    fieldComplexity: (args, _context, field) => fieldCost(args, field),
    limit: OPERATION_LIMITS,
    complexityError: (kind, result) => operationLimitError(kind, result),
  },
});

builder.addScalarType("DateTime", DateTimeResolver);
builder.addScalarType("JSONObject", JSONObjectResolver);

builder.queryType({
  description: "Reads. Needs the scope `READ` unless a field says otherwise.",
  authScopes: { scope: "read" },
});
builder.mutationType({
  description: "Changes. Expected refusals are in `errors`, with the field at fault.",
  authScopes: { authenticated: true },
});
builder.subscriptionType({
  description:
    "Live data, over graphql-ws or server-sent events. Needs the scope `READ`; ends when the key or the session does.",
  authScopes: { scope: "read" },
});
