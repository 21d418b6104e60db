import { defineConfig } from "@playwright/test";
import { chromiumFlags, findChromium } from "./find-chromium.ts";

export default defineConfig({
  testDir: "specs",
  outputDir: "test-results",
  reporter: [["list"]],
  // Every worker starts a server with a database of its own; the machine that runs this may have two cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env["CI"] !== undefined,
  retries: 0,
  timeout: 45_000,
  expect: { timeout: 8_000 },
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: findChromium(), args: chromiumFlags },
    locale: "en-US",
    viewport: { width: 1360, height: 900 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
});
