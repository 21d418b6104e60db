import { expect, test } from "vitest";
import { pathWithinSite } from "./path-within-site.ts";

const origin = "https://webhooks.example";

test.each(["/", "/organizations/1/live?status=failed#top"])("%s is a path of this site", (path) => {
  expect(pathWithinSite(path, origin)).toBe(path);
});

test.each(["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "", undefined])(
  "%s leads nowhere",
  (text) => {
    expect(pathWithinSite(text, origin)).toBeNull();
  },
);
