import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "@playwright/test";
import { chromiumFlags, findChromium } from "./find-chromium.ts";
import { Api } from "./fixtures/api.ts";
import { freePort, type Product } from "./fixtures/product.ts";

// Takes pictures of every page, of what opens on it, and of the sign-in page, with the demo's data. Names of pictures as
// arguments, for example `api-keys delivery`, limit it to these.

const repository = fileURLToPath(new URL("..", import.meta.url));
const folder = join(repository, "screenshots");
const readyWithinMs = 180_000;
/** So much is delivered before the first picture that lists and charts look like a busy evening. */
const deliveriesMin = 300;
/** The demo's restaurant with trouble, and which of its webhooks is shown. */
const restaurant = "Kadıköy Pizza Evi";
const webhook = "Muhasebe";

interface Scene {
  readonly name: string;
  /** Within the organization, unless it begins with a slash. */
  readonly address: string;
  /** What is clicked before the picture is taken. */
  readonly open?: (page: Page) => Promise<void>;
}

/** Beside the pages of the navigation. */
const scenes: readonly Scene[] = [
  { name: "overview-1h", address: "overview?range=1h" },
  { name: "delivery", address: "deliveries?status=retrying", open: openFirstRow },
  { name: "event", address: "events", open: openFirstRow },
  { name: "publish", address: "events?tab=publish" },
  { name: "catalogue", address: "events?tab=catalogue" },
  { name: "webhook-new", address: "webhooks/new" },
  { name: "webhook-from-scratch", address: "webhooks/new/from-scratch" },
  { name: "webhook-from-template", address: "webhooks/new/salesforce", open: openFolds },
  ...["activity", "request", "login", "test", "settings", "signing", "preview"].map((tab) => ({
    name: `webhook-${tab}`,
    address: "webhooks",
    open: (page: Page) => openWebhook(page, tab),
  })),
  { name: "webhook-template", address: "webhooks", open: openTemplate },
  { name: "profile", address: "/profile" },
  { name: "not-found", address: "nowhere" },
];

async function openFirstRow(page: Page): Promise<void> {
  await page.getByRole("row").getByRole("button", { name: /^ORD-/ }).first().click();
  await page.waitForFunction(() => document.querySelector("[role=dialog] pre, aside pre") !== null);
}

async function openFolds(page: Page): Promise<void> {
  await page.locator("form summary").first().waitFor();
  for (const fold of await page.locator("form summary").all()) await fold.click();
  await page.locator("form pre").first().waitFor();
}

async function openWebhook(page: Page, tab: string): Promise<void> {
  await page.getByRole("listitem", { name: webhook }).getByRole("link").click();
  await page.getByRole("tab").first().waitFor();
  if (tab === "activity") return;
  await page.goto(`${page.url()}?tab=${tab}`);
  await page.getByRole("tabpanel").waitFor();
}

async function openTemplate(page: Page): Promise<void> {
  await openWebhook(page, "request");
  await page.locator("input[type=radio][value=template]").check();
  await page.locator("[contenteditable]").first().waitFor();
}

const languages = { tr: "tr-TR", en: "en-US" } as const;
const colorSchemes = ["light", "dark"] as const;
/** Longer pages are cut off. */
const heightMax = 2_000;
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
        if (isWanted("sign-in")) {
          await takePicture(browser, { name: "sign-in", address: "/sign-in" }, organizationId, name, options);
          count += 1;
        }
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
    const id = organizations.find(({ name }) => name === restaurant)?.id;
    if (id !== undefined && (await api.deliveryCount(id, "SUCCESS")) >= deliveriesMin) return id;
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

/** Of every page that the navigation leads to, and of the scenes. Answers how many. */
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
  const pages = addresses.map((address) => ({ name: address.split("/").at(-1) ?? "", address }));
  const shown = [...pages, ...scenes].filter((scene) => isWanted(scene.name));
  for (const scene of shown) await takePicture(from, scene, organizationId, name, options);
  return shown.length;
}

async function takePicture(
  from: Browser,
  { name, address, open }: Scene,
  organizationId: string,
  appearance: string,
  options: BrowserContextOptions,
): Promise<void> {
  const context = await from.newContext(options);
  const page = await context.newPage();
  await page.goto(product.url + (address.startsWith("/") ? address : `/organizations/${organizationId}/${address}`));
  await page.getByRole("heading", { level: 1 }).waitFor();
  await open?.(page);
  // As high as the page, within reason: a list that shows only what is in sight would stay empty on a full-page picture.
  // What lies over the page is as high as the window.
  const height = await page.evaluate(() =>
    document.querySelector('[role="dialog"]') === null ? document.documentElement.scrollHeight : 0,
  );
  const { width, height: heightMin } = page.viewportSize() ?? { width: 0, height: 0 };
  await page.setViewportSize({ width, height: Math.min(Math.max(height, heightMin), heightMax) });
  await page.waitForFunction(() => document.querySelector('[role="status"][aria-label]') === null);
  await page.screenshot({ path: join(folder, `${name}-${appearance}.png`), animations: "disabled" });
  await context.close();
}
