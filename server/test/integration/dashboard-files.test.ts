import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestService, type TestService } from "../support/test-service.ts";

const PAGE = "<!doctype html><title>dashboard</title>";
const SCRIPT = "export const script = true;";

let dashboardDir: string;
let service: TestService;
beforeAll(async () => {
  dashboardDir = mkdtempSync(join(tmpdir(), "dashboard-"));
  mkdirSync(join(dashboardDir, "assets"));
  for (const [name, content] of [
    ["index.html", PAGE],
    ["assets/app.js", SCRIPT],
  ] as const) {
    writeFileSync(join(dashboardDir, name), content);
    writeFileSync(join(dashboardDir, `${name}.gz`), gzipSync(content));
  }
  service = await startTestService({ dashboardDir });
});
afterAll(async () => {
  await service.stop();
  rmSync(dashboardDir, { recursive: true });
});

const get = (path: string, encoding: string): Promise<Response> =>
  fetch(service.origin + path, { headers: { "accept-encoding": encoding } });

test.for([
  ["/", PAGE],
  ["/organizations/x/live", PAGE],
  ["/assets/app.js", SCRIPT],
] as const)(
  "%s comes as the build compressed it, to whoever accepts that, and plain to others",
  async ([path, content]) => {
    const compressed = await get(path, "gzip, deflate");
    expect(compressed.headers.get("content-encoding")).toBe("gzip");
    expect(compressed.headers.get("vary")).toBe("Accept-Encoding");
    expect(await compressed.text()).toBe(content);

    const plain = await get(path, "identity");
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(await plain.text()).toBe(content);
  },
);
