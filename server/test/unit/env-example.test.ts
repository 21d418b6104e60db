import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CONFIG_NAMES, parseConfig } from "../../src/config.ts";

const example = Object.fromEntries(
  [...readFileSync(new URL("../../../.env.example", import.meta.url), "utf8").matchAll(/^([A-Z_]+)=(.*)$/gm)].map(
    ([, name = "", value = ""]) => [name, value],
  ),
);

test(".env.example names every setting, and nothing else", () => {
  const settings = CONFIG_NAMES.filter((name) => name !== "NODE_ENV");
  expect(Object.keys(example).sort()).toEqual([...settings].sort());
});

test("the values of .env.example are the defaults", () => {
  const withExample = parseConfig(example);
  const withNothing = parseConfig({});
  if (!withExample.ok || !withNothing.ok) throw new Error("The defaults are not accepted.");
  const { retryScheduleSeconds, ...rest } = withExample.config;
  const { retryScheduleSeconds: none, ...defaults } = withNothing.config;
  expect(rest).toEqual(defaults);
  expect(none).toBeNull();
  expect(retryScheduleSeconds?.slice(0, 3)).toEqual([60, 300, 1800]);
});
