/** The façade's name of a field. Only the first part of a path is ours; what follows may be the caller's own names (headers, metadata). */
export function snakeCaseField(path: string): string {
  const [first = "", ...rest] = path.split(".");
  return [first.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), ...rest].join(".");
}
