import { readFileSync } from "node:fs";
import { join } from "node:path";

export const GUIDE = join(import.meta.dirname, "../../../docs/guide");

/** A fenced code block of a guide: ` ```language role `. */
export interface GuideBlock {
  /** For people: where it is. */
  readonly name: string;
  readonly language: string;
  /** The words after the language; empty if there are none. Readers do not see them. */
  readonly role: string;
  readonly code: string;
}

export function readGuide(file: string): string {
  return readFileSync(join(GUIDE, file), "utf8");
}

/** The fenced blocks of a guide, in their order. */
export function guideBlocks(file: string): readonly GuideBlock[] {
  const text = readGuide(file);
  return [...text.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(({ index, 1: language, 2: role, 3: code }) => {
    const before = text.slice(0, index);
    const prose = before.replace(/^```\w[\s\S]*?^```$/gm, "");
    const heading =
      prose
        .match(/^#+ .*$/gm)
        ?.at(-1)
        ?.replace(/^#+ /, "") ?? file;
    return {
      name: `${heading} (line ${before.split("\n").length})`,
      language: language as string,
      role: role as string,
      code: code as string,
    };
  });
}
