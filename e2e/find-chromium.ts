import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const usualPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** What lets Chromium run as root and in a container, and keeps it from calling home during a test. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Path of a Chromium: the one asked for, an installed one, Playwright's own, or, as root on Debian, one installed now. */
export function findChromium(): string {
  const asked = process.env["PLAYWRIGHT_CHROMIUM"];
  if (asked !== undefined && asked !== "") {
    if (existsSync(asked)) return asked;
    throw new Error(`PLAYWRIGHT_CHROMIUM names ${asked}, which does not exist.`);
  }
  const found = [...usualPaths, chromium.executablePath()].find(existsSync);
  return found ?? installChromium();
}

function installChromium(): string {
  const canInstall = process.getuid?.() === 0 && existsSync("/etc/debian_version");
  if (!canInstall) {
    throw new Error(
      "No Chromium was found. Install one (on Debian: apt-get install chromium), or name one in PLAYWRIGHT_CHROMIUM.",
    );
  }
  const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
  execFileSync("apt-get", ["update"], options);
  execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], options);
  const installed = usualPaths.find(existsSync);
  if (installed === undefined)
    throw new Error("The Debian package chromium was installed, but has no /usr/bin/chromium.");
  return installed;
}
