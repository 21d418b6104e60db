import { PAYLOAD_FIELDS } from "@vera-qr/templates";

/** A field of the payload with what is in it. */
export interface FieldNode {
  /** As a list of fields to send names it: `data.items.name` is a field of every item. */
  readonly path: string;
  /** Its own name: the last of the path. */
  readonly name: string;
  readonly example: unknown;
  readonly children: readonly FieldNode[];
}

const order = PAYLOAD_FIELDS.map(({ path }) => path.replaceAll("[]", ""));

/** The payload's fields as they are in each other, in its order. */
export const fieldTree: readonly FieldNode[] = childrenOf("");

/** Marks a field as sent or not: one that is sent has all that is in it, so that what is around it never says less. */
export function withField(fields: readonly string[], path: string, isSent: boolean): string[] {
  const rest = fields.filter((one) => one !== path && !isWithin(one, path));
  const unknown = rest.filter((one) => !order.includes(one));
  if (isSent) return [...order.filter((one) => one === path || rest.includes(one)), ...unknown];
  const around = rest.find((one) => isWithin(path, one));
  if (around === undefined) return rest;
  // What was sent as a whole is sent without this part from now on.
  const siblings = leavesWithin(around).filter((one) => one !== path && !isWithin(one, path));
  const kept = new Set([...rest.filter((one) => one !== around), ...siblings]);
  return [...order.filter((one) => kept.has(one)), ...unknown];
}

/** `all`: it is sent as a whole; `some`: a part of it is. */
export function stateOfField(fields: readonly string[], path: string): "all" | "some" | "none" {
  if (fields.some((one) => one === path || isWithin(path, one))) return "all";
  const leaves = leavesWithin(path);
  const sent = leaves.filter((leaf) => fields.some((one) => one === leaf || isWithin(leaf, one)));
  if (sent.length === 0) return "none";
  return sent.length === leaves.length ? "all" : "some";
}

function isWithin(path: string, around: string): boolean {
  return path.startsWith(`${around}.`);
}

function leavesWithin(path: string): readonly string[] {
  const within = order.filter((one) => isWithin(one, path));
  return within.filter((one) => !within.some((other) => isWithin(other, one)));
}

function childrenOf(parent: string): readonly FieldNode[] {
  return order.flatMap((path, index) =>
    parentOf(path) === parent
      ? [
          {
            path,
            name: path.slice(parent.length).replace(/^\./, ""),
            example: PAYLOAD_FIELDS[index]?.example,
            children: childrenOf(path),
          },
        ]
      : [],
  );
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}
