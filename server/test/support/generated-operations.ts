import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";

/** Where an id goes in the variables of an operation. */
export interface IdentifierPosition {
  /** Names from the root's argument down. */
  readonly path: readonly string[];
  /** What it identifies, as the caller's table of ids names it. */
  readonly kind: string;
}

/** Documents for one root field, made from the schema alone. */
export interface GeneratedOperation {
  /** For example `Query.deliveries`. */
  readonly name: string;
  readonly operation: "query" | "mutation" | "subscription";
  /** Together they select every field of every type that the root field leads to. */
  readonly documents: readonly { readonly text: string; readonly coordinates: readonly string[] }[];
  readonly identifiers: readonly IdentifierPosition[];
  /** Free text that things may be looked for by. */
  readonly texts: readonly (readonly string[])[];
  /** Everything that is required, and what is asked for by its path. */
  variables(idOf: (kind: string) => unknown, given?: readonly GivenValue[]): Record<string, unknown>;
}

export interface GivenValue {
  readonly path: readonly string[];
  readonly value: unknown;
}

export interface GenerationOptions {
  /** What the id in an argument or input field identifies; null: nothing that anybody owns. @throws for one that it does not know. */
  readonly kindOf: (rootField: string, name: string) => string | null;
  /** A value for a required input that is no id. */
  readonly sample: (name: string, type: string) => unknown;
}

/** One operation per root field of the schema, whatever the schema is. */
export function generateOperations(schema: GraphQLSchema, options: GenerationOptions): readonly GeneratedOperation[] {
  return (["query", "mutation", "subscription"] as const).flatMap((operation) => {
    const root = {
      query: schema.getQueryType(),
      mutation: schema.getMutationType(),
      subscription: schema.getSubscriptionType(),
    }[operation];
    return Object.values(root?.getFields() ?? {}).map((field) =>
      generateOperation(operation, root as GraphQLObjectType, field, options),
    );
  });
}

function generateOperation(
  operation: GeneratedOperation["operation"],
  root: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  options: GenerationOptions,
): GeneratedOperation {
  const inputs = field.args.flatMap((argument) => leavesOf(argument.name, argument.type, isRequiredArgument(argument)));
  const identifiers = inputs
    .filter(({ type }) => getNamedType(type).name === "ID")
    .flatMap(({ path }) => {
      const kind = options.kindOf(field.name, path.at(-1) as string);
      return kind === null ? [] : [{ path, kind }];
    });
  // What has a default may be left out, so its variable may be, too.
  const definitions = field.args
    .map(
      (argument) =>
        `$${argument.name}: ${isRequiredArgument(argument) ? argument.type : getNullableType(argument.type)}`,
    )
    .join(", ");
  const call = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
  const head = `${operation}${definitions && ` (${definitions})`} { ${field.name}${call && `(${call})`}`;
  return {
    name: `${root.name}.${field.name}`,
    operation,
    documents: selections(field.type, operation === "mutation").map(({ text, coordinates }) => ({
      text: `${head}${text} }`,
      coordinates: [`${root.name}.${field.name}`, ...coordinates],
    })),
    identifiers,
    texts: inputs
      .filter(({ type, path, isRequired }) => !isRequired && getNamedType(type).name === "String" && !isCursor(path))
      .map(({ path }) => path),
    variables(idOf, given = []) {
      const required = inputs
        .filter(({ isRequired }) => isRequired)
        .map(({ path, type }) => {
          const kind = identifiers.find((identifier) => identifier.path === path)?.kind;
          const value = kind === undefined ? sampleOf(path.at(-1) as string, type, options) : idOf(kind);
          return { path, value: isListType(getNullableType(type)) ? [value] : value };
        });
      const variables: Record<string, unknown> = {};
      for (const { path, value } of [...required, ...given.map((entry) => inType(entry, inputs))])
        put(variables, path, value);
      return variables;
    },
  };
}

function isCursor(path: readonly string[]): boolean {
  return ["after", "before", "since"].includes(path.join("."));
}

interface InputLeaf {
  readonly path: readonly string[];
  readonly type: GraphQLInputType;
  /** Whether it and everything above it must be given. */
  readonly isRequired: boolean;
}

/** Scalars and enums below an input, each with its path. A list of objects is entered once. */
function leavesOf(
  name: string,
  type: GraphQLInputType,
  isRequired: boolean,
  above: readonly string[] = [],
): readonly InputLeaf[] {
  const path = [...above, name];
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [{ path, type, isRequired }];
  // An input that contains its own kind again is not entered twice.
  if (path.length > 6) return [];
  const below = isListType(getNullableType(type)) ? [...path, "0"] : path;
  return Object.values(named.getFields()).flatMap((field) =>
    leavesOf(field.name, field.type, isRequired && isRequiredInputField(field), below),
  );
}

function inType({ path, value }: GivenValue, inputs: readonly InputLeaf[]): GivenValue {
  const leaf = inputs.find((input) => input.path === path || input.path.join(".") === path.join("."));
  const isList = leaf !== undefined && isListType(getNullableType(leaf.type));
  return { path, value: isList ? [value] : value };
}

function sampleOf(name: string, type: GraphQLInputType, { sample }: GenerationOptions): unknown {
  const named = getNamedType(type);
  return isEnumType(named) ? named.getValues()[0]?.name : sample(name, named.name);
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head = "", next, ...rest] = path;
  if (next === undefined) {
    target[head] = value;
    return;
  }
  if (next === "0") {
    const list = (target[head] ?? [{}]) as Record<string, unknown>[];
    target[head] = list;
    put(list[0] as Record<string, unknown>, rest, value);
    return;
  }
  const child = (target[head] ?? {}) as Record<string, unknown>;
  target[head] = child;
  put(child, [next, ...rest], value);
}

interface Selection {
  readonly text: string;
  readonly coordinates: readonly string[];
}

/** For each type that a field leads to, the shortest way there and all its leaves; as one document when the operation must run only once. */
function selections(type: GraphQLOutputType, isOnce: boolean): readonly Selection[] {
  const start = getNamedType(type);
  if (!isObjectType(start)) return [{ text: "", coordinates: [] }];
  const seen = new Set([start]);
  const queue: {
    type: GraphQLObjectType;
    way: readonly GraphQLField<unknown, unknown>[];
    coordinates: readonly string[];
  }[] = [{ type: start, way: [], coordinates: [] }];
  const found: { way: readonly string[]; leaves: readonly string[]; coordinates: readonly string[] }[] = [];
  for (const { type: current, way, coordinates } of queue) {
    const fields = Object.values(current.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
    const leaves = fields.filter(({ type: fieldType }) => isLeafType(getNamedType(fieldType)));
    found.push({
      way: way.map(selected),
      leaves: ["__typename", ...leaves.map(({ name }) => name)],
      coordinates: [...coordinates, ...leaves.map(({ name }) => `${current.name}.${name}`)],
    });
    for (const field of fields) {
      const next = getNamedType(field.type);
      if (!isObjectType(next) || current === next) continue;
      // A type that was met already is left at its name and id, so that this field too has been asked for.
      if (seen.has(next)) {
        found.push({
          way: [...way, field].map(selected),
          leaves: "id" in next.getFields() ? ["__typename", "id"] : ["__typename"],
          coordinates: [...coordinates, `${current.name}.${field.name}`],
        });
        continue;
      }
      seen.add(next);
      queue.push({ type: next, way: [...way, field], coordinates: [...coordinates, `${current.name}.${field.name}`] });
    }
  }
  const texts = found.map(({ way, leaves }) =>
    way.reduceRight((inner, step) => `${step} { ${inner} }`, leaves.join(" ")),
  );
  if (isOnce)
    return [{ text: ` { ${texts.join(" ")} }`, coordinates: found.flatMap(({ coordinates }) => coordinates) }];
  return found.map(({ coordinates }, index) => ({ text: ` { ${texts[index]} }`, coordinates }));
}

/** Pages are short, so that deep documents stay below the limit of cost. */
function selected({ name, args }: GraphQLField<unknown, unknown>): string {
  return args.some((argument: GraphQLArgument) => argument.name === "first") ? `${name}(first: 3)` : name;
}
