/** What is at a dotted path, of a list at its first element; undefined where there is nothing. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, name) => {
    const one: unknown = Array.isArray(inner) ? inner[0] : inner;
    return typeof one === "object" && one !== null ? (one as Readonly<Record<string, unknown>>)[name] : undefined;
  }, value);
}
