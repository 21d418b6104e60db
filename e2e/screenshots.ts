import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium } from "@playwright/test";
import { chromiumFlags, findChromium } from "./find-chromium.ts";
import { Api } from "./fixtures/api.ts";
import { freePort, type Product } from "./fixtures/product.ts";

// Takes pictures of every page of the navigation, of the sign-in page and of the profile, with the demo's data. Names of
// pages as arguments, for example `api-keys events`, limit it to these.

const repository = fileURLToPath(new URL("..", import.meta.url));
const folder = join(repository, "screenshots");
const readyWithinMs = 180_000;
/** So much is delivered before the first picture that lists and charts look like a busy evening. */
const deliveriesMin = 40;
/** The demo's restaurants: the one that tells when it is time, and the one with trouble, which is shown. */
const steady = "Boğaziçi Lokantası";
const troubled = "Kadıköy Pizza Evi";

const languages = { tr: "tr-TR", en: "en-US" } as const;
const colorSchemes = ["light", "dark"] as const;
const viewports = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];

const wanted = new Set(process.argv.slice(2));
const directory = mkdtempSync(join(tmpdir(), "vera-qr-screenshots-"));
// The embedded PostgreSQL is not root and must be able to pass.
chmodSync(directory, 0o711);
const port = await freePort();
const product: Omit<Product, "stop"> = {
  url: `http://127.0.0.1:${port}`,
  apiKey: `vq_demo_${randomBytes(24).toString("base64url")}`,
  administrator: { email: "admin@localhost", password: randomBytes(12).toString("base64url") },
};
const demo = spawn(process.execPath, ["scripts/demo.ts"], {
  cwd: repository,
  env: {
    ...process.env,
    PORT: String(port),
    DATA_DIR: join(directory, "data"),
    BOOTSTRAP_API_KEY: product.apiKey,
    ADMIN_EMAIL: product.administrator.email,
    ADMIN_PASSWORD: product.administrator.password,
  },
  stdio: ["ignore", "ignore", "inherit"],
});
const demoEnded = new Promise<void>((resolve) => demo.once("exit", () => resolve()));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => demo.kill("SIGTERM"));

let browser: Browser | null = null;
try {
  const organizationId = await busyOrganization(demo);
  browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  mkdirSync(folder, { recursive: true });
  const session = await signIn(browser);
  let count = 0;
  for (const [language, locale] of Object.entries(languages)) {
    for (const colorScheme of colorSchemes) {
      for (const viewport of viewports) {
        const name = `${language}-${colorScheme}-${viewport.width}`;
        const options: BrowserContextOptions = { locale, colorScheme, viewport, reducedMotion: "reduce" };
        count += await takePictures(browser, name, organizationId, { ...options, storageState: session });
        if (isWanted("sign-in")) count += await takePicture(browser, "/sign-in", `sign-in-${name}`, options);
      }
    }
  }
  console.log(`${count} pictures are in screenshots/.`);
} finally {
  await browser?.close();
  demo.kill("SIGTERM");
  await demoEnded;
  rmSync(directory, { recursive: true, force: true });
}

function isWanted(page: string): boolean {
  return wanted.size === 0 || wanted.has(page);
}

/** The restaurant to show, once there is something to see. */
async function busyOrganization(server: ChildProcess): Promise<string> {
  const api = new Api({ ...product, stop: async () => undefined });
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline && server.exitCode === null && server.signalCode === null) {
    const organizations = await api.organizations().catch(() => []);
    const idOf = (wanted: string) => organizations.find(({ name }) => name === wanted)?.id;
    const [timekeeper, shown] = [idOf(steady), idOf(troubled)];
    if (timekeeper !== undefined && shown !== undefined) {
      if ((await api.deliveryCount(timekeeper, "SUCCESS")) >= deliveriesMin) return shown;
    }
    await delay(500);
  }
  throw new Error(`The demo had no ${deliveriesMin} deliveries within ${readyWithinMs} ms.`);
}

async function signIn(from: Browser) {
  const context = await from.newContext({ locale: languages.en });
  const page = await context.newPage();
  await page.goto(product.url);
  await page.getByLabel("E-mail address").fill(product.administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(product.administrator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Account" }).waitFor();
  const { cookies } = await context.storageState();
  await context.close();
  // Without what is remembered in the page: language and organization follow from the context and the address.
  return { cookies, origins: [] };
}

/** Of every page that the navigation leads to. Answers how many. */
async function takePictures(
  from: Browser,
  name: string,
  organizationId: string,
  options: BrowserContextOptions,
): Promise<number> {
  const context = await from.newContext({ ...options, viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${product.url}/organizations/${organizationId}/overview`);
  const links = page.getByRole("navigation").getByRole("link");
  await links.first().waitFor();
  const addresses = await links.evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));
  await context.close();
  let count = 0;
  for (const address of [...addresses, "/profile"]) {
    const section = address.split("/").at(-1) ?? "";
    if (isWanted(section)) count += await takePicture(from, address, `${section}-${name}`, options);
  }
  return count;
}

async function takePicture(from: Browser, address: string, name: string, options: BrowserContextOptions) {
  const context = await from.newContext(options);
  const page = await context.newPage();
  await page.goto(product.url + address);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => document.querySelector('[role="status"][aria-label]') === null);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: "disabled" });
  await context.close();
  return 1;
}
