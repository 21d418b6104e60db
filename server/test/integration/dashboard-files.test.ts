import { gzipSync } from "node:zlib";
import { expect } from "vitest";
import { dashboardBuild } from "../support/dashboard-build.ts";
import { service, serviceTest as test } from "../support/test.ts";

const PAGE = "<!doctype html><title>dashboard</title>";
const SCRIPT = "export const script = true;";

test.override("serviceOptions", {
  dashboardDir: dashboardBuild({
    "index.html": PAGE,
    "index.html.gz": gzipSync(PAGE),
    "assets/app.js": SCRIPT,
    "assets/app.js.gz": gzipSync(SCRIPT),
  }),
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
