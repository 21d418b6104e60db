import { randomBytes } from "node:crypto";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { type HelperProcess, startHelperProcess } from "../../server/bench/helper-process.ts";
import type { Load } from "../../server/bench/load.ts";
import { describeMachine, type Machine } from "../../server/bench/machine.ts";
import { type Product, startProduct } from "../../server/bench/product.ts";
import type { Receiver } from "../../server/bench/receiver.ts";
import type { BenchmarkScope } from "../../server/bench/run-benchmark.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "../../server/bench/webhooks-per-organization.ts";
import { chromiumFlags, findChromium } from "../find-chromium.ts";
import { installProbe } from "./probe.ts";

const organizations = 3;
const administrator = { email: "admin@localhost", password: randomBytes(12).toString("base64url") };

/** The built product with its database, receivers and load, each a process of its own, and a browser that is signed in. */
export interface Setup {
  readonly machine: Machine;
  readonly product: Product;
  readonly receiver: HelperProcess<Receiver>;
  readonly load: HelperProcess<Load>;
  readonly browser: Browser;
  /** Cookies of the administrator. */
  readonly session: Awaited<ReturnType<BrowserContext["storageState"]>>;
  /** A page with the probe in it, in a context of its own with nothing in its cache. */
  open(address: string, options?: { readonly isSignedIn: boolean }): Promise<Page>;
}

export async function setUp({ directory, teardown }: BenchmarkScope): Promise<Setup> {
  const machine = describeMachine(directory);
  const receiver = startHelperProcess<Receiver>("receiver.ts");
  teardown.add(() => receiver.stop());
  const load = startHelperProcess<Load>("load.ts");
  teardown.add(() => load.stop());
  const receiverPorts = await receiver.call("listen", organizations * WEBHOOKS_PER_ORGANIZATION);
  const product = await startProduct({
    directory,
    receiverPorts,
    teardown,
    nodeArguments: [],
    administratorPassword: administrator.password,
  });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  teardown.add(() => browser.close());
  const session = await signIn(browser, product.origin);
  return {
    machine,
    product,
    receiver,
    load,
    browser,
    session,
    async open(address, { isSignedIn } = { isSignedIn: true }) {
      const context = await browser.newContext({
        locale: "en-US",
        viewport: { width: 1280, height: 800 },
        ...(isSignedIn && { storageState: session }),
      });
      const page = await context.newPage();
      await installProbe(page);
      await page.goto(product.origin + address);
      return page;
    },
  };
}

async function signIn(browser: Browser, origin: string): Promise<Setup["session"]> {
  const context = await browser.newContext({ locale: "en-US" });
  const page = await context.newPage();
  await page.goto(origin);
  await page.getByLabel("E-mail address").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Account" }).waitFor();
  const { cookies } = await context.storageState();
  await context.close();
  return { cookies, origins: [] };
}
