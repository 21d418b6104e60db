/** One figure beside what it should be. */
export interface Figure {
  readonly name: string;
  readonly measured: string;
  readonly goal: string;
  /** Null: there is no goal, it only tells more. */
  readonly isMet: boolean | null;
}

export function table(figures: readonly Figure[]): string {
  const width = (cell: (figure: Figure) => string) => Math.max(...figures.map((figure) => cell(figure).length));
  const names = width(({ name }) => name);
  const values = width(({ measured }) => measured);
  return figures
    .map(({ name, measured, goal, isMet }) => {
      const verdict = isMet === null ? "      " : isMet ? "met   " : "MISSED";
      return `${verdict}  ${name.padEnd(names)}  ${measured.padEnd(values)}  ${goal}`.trimEnd();
    })
    .join("\n");
}

export function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`;
}

export function count(value: number): string {
  return value.toLocaleString("en");
}
