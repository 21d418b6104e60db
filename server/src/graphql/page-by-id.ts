import { InvalidInputError } from "../domain/errors.ts";
import type { CreationOrder, IdPage } from "../domain/id-page.ts";
import { isUuid } from "../domain/uuid-v7.ts";

interface CursorQuery {
  readonly take: number;
  readonly skip: number;
  readonly cursor?: { readonly id?: string | undefined };
}

/**
 * One page of a list in the order of its ids, as Prisma arguments. A cursor is only a place between two ids: unlike Prisma's own cursor it needs no row
 * there, so it stays good when its entry is gone, and tells nothing about whose entry it is.
 * @throws InvalidInputError when the cursor is none of ours.
 */
export function pageById<Query extends CursorQuery>(query: Query, order: "asc" | "desc") {
  const { cursor, ...rest } = query;
  const isForwards = query.take >= 0;
  const isTowardsGreater = isForwards === (order === "asc");
  const position = cursor && cursorId(cursor, isForwards ? "after" : "before");
  return {
    query: { ...rest, skip: 0, orderBy: { id: order } },
    where: position === undefined ? {} : { id: isTowardsGreater ? { gt: position } : { lt: position } },
  };
}

/**
 * One page of a list whose ids are found by `readIds`, with the rows that `load` reads for them. Going backwards the list is read from its other end.
 * @throws InvalidInputError when the cursor is none of ours.
 */
export async function pageOfIds<Query extends CursorQuery, Row extends { readonly id: string }>(
  query: Query,
  order: CreationOrder,
  readIds: (page: IdPage) => Promise<readonly string[]>,
  load: (query: Omit<Query, keyof CursorQuery>, ids: string[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const { cursor, take, skip: _skip, ...rest } = query;
  const isForwards = take >= 0;
  const ids = await readIds({
    order: isForwards ? order : reversed(order),
    after: cursor === undefined ? null : cursorId(cursor, isForwards ? "after" : "before"),
    limit: Math.abs(take),
  });
  if (ids.length === 0) return [];
  const byId = new Map((await load(rest, [...ids])).map((row) => [row.id, row]));
  const rows = ids.flatMap((id) => byId.get(id) ?? []);
  return isForwards ? rows : rows.reverse();
}

function reversed(order: CreationOrder): CreationOrder {
  return order === "newestFirst" ? "oldestFirst" : "newestFirst";
}

/** Decoded cursors hold whatever the caller has put there. */
function cursorId({ id }: { readonly id?: unknown }, field: string): string {
  if (typeof id === "string" && isUuid(id)) return id;
  throw new InvalidInputError([{ field, message: "is not a cursor of this list", reason: "INVALID_FORMAT" }]);
}
