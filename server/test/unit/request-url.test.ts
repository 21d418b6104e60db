import { expect, test } from "vitest";
import { requestTarget, requestUrl } from "../../src/domain/request-url.ts";

test.each([
  ["https://crm.example", null, "/"],
  ["https://crm.example/hook?key=1", null, "/hook?key=1"],
  ["https://crm.example", "/deals", "/deals"],
  ["https://crm.example/", "/deals", "/deals"],
  ["https://crm.example/v3/", "/deals?since=1", "/v3/deals?since=1"],
  ["https://crm.example/v3", "/deals", "/v3/deals"],
])("%s with %s is asked for %s", (url, path, target) => {
  expect(requestTarget(new URL(url), path)).toBe(target);
  expect(requestUrl(new URL(url), path)).toBe(`https://crm.example${target}`);
});
