/**
 * Compares an answer with the one that a guide shows. Names, nulls, booleans and enum values must be the same; other texts and numbers need only be
 * texts and numbers. Every entry of a list must be like the first one shown. A text like `$NAME` stands for a value,
 * which is kept under that name; where it stands again, it must be the same.
 * @throws naming the first place that differs.
 */
export function matchAnswer(shown: unknown, actual: unknown, values: Record<string, string>, path = "answer"): void {
  const difference = (): Error =>
    new Error(`${path}: the guide shows ${JSON.stringify(shown)}, the answer is ${JSON.stringify(actual)}`);
  if (typeof shown !== typeof actual || (shown === null) !== (actual === null)) throw difference();
  if (typeof shown === "string") {
    const name = /^\$([A-Z_]+)$/.exec(shown)?.[1];
    if (name !== undefined) {
      values[name] ??= actual as string;
      if (values[name] !== actual) throw difference();
    } else if (/^[A-Z_]+$/.test(shown) && shown !== actual) throw difference();
  } else if (typeof shown === "boolean") {
    if (shown !== actual) throw difference();
  } else if (Array.isArray(shown)) {
    if (!Array.isArray(actual) || (shown.length === 0) !== (actual.length === 0)) throw difference();
    actual.forEach((entry, index) => {
      matchAnswer(shown[0], entry, values, `${path}.${index}`);
    });
  } else if (typeof shown === "object" && shown !== null) {
    if (
      Object.keys(shown).sort().join() !==
      Object.keys(actual as object)
        .sort()
        .join()
    )
      throw difference();
    for (const [name, value] of Object.entries(shown)) {
      matchAnswer(value, (actual as Record<string, unknown>)[name], values, `${path}.${name}`);
    }
  }
}
