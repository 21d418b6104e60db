import { existsSync, globSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { GUIDE, readGuide } from "../support/guide-blocks.ts";

const files = globSync("*.md", { cwd: GUIDE });

/** As GitHub makes anchors of headings. */
function anchors(file: string): readonly string[] {
  return [...readGuide(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe.each(files)("%s", (file) => {
  const links = [...readGuide(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)];

  test("every link leads somewhere", () => {
    const dead = links.filter(([, path, anchor]) => {
      const target = path === "" || path === undefined ? file : path;
      if (!existsSync(join(GUIDE, target))) return true;
      return anchor !== undefined && !anchors(relative(GUIDE, join(GUIDE, target))).includes(anchor);
    });
    expect(dead.map(([link]) => link)).toEqual([]);
  });
});

test("the index names every page", () => {
  const named = [...readGuide("README.md").matchAll(/\]\(([\w-]+\.md)/g)].map(([, page]) => page);
  expect([...new Set([...named, "README.md"])].sort()).toEqual(files.map((file) => basename(file)).sort());
});
