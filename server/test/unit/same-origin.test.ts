import { describe, expect, test } from "vitest";
import { isHijacking, isSameOrigin, ownPageCookies } from "../../src/http/same-origin.ts";

const host = "webhooks.example:8443";

test.for([
  ["Origin names the host", { host, origin: `https://${host}` }],
  ["Origin names the host, behind a proxy that ends TLS", { host, origin: `http://${host}` }],
  ["Sec-Fetch-Site says so", { host, "sec-fetch-site": "same-origin" }],
  [
    "Sec-Fetch-Site says so, and a proxy changed Host",
    { host: "10.0.0.5:4000", origin: `https://${host}`, "sec-fetch-site": "same-origin" },
  ],
] as const)("a page of ours asks: %s", ([, headers]) => {
  expect(isSameOrigin(headers)).toBe(true);
});

test.for([
  ["neither header is there", { host }],
  ["another site", { host, origin: "https://evil.example" }],
  ["another port of the host", { host, origin: "https://webhooks.example:9000" }],
  ["the host as a part of another", { host, origin: `https://${host}.evil.example` }],
  ["the host as a user name", { host, origin: `https://${host}@evil.example` }],
  ["a subdomain", { host, origin: `https://a.${host}` }],
  ["a sandboxed frame or a redirect", { host, origin: "null" }],
  ["no URL", { host, origin: host }],
  ["an empty Origin", { host, origin: "" }],
  ["no Host", { origin: `https://${host}` }],
  ["Sec-Fetch-Site of another site", { host, "sec-fetch-site": "cross-site" }],
  ["Sec-Fetch-Site of a sibling", { host, "sec-fetch-site": "same-site" }],
  ["Sec-Fetch-Site of the address bar", { host, "sec-fetch-site": "none" }],
] as const)("a page of ours does not ask: %s", ([, headers]) => {
  expect(isSameOrigin(headers)).toBe(false);
});

test("the public URL counts where a proxy changed Host, and only with its scheme and port", () => {
  const publicUrl = "https://webhooks.example";
  expect(isSameOrigin({ host: "10.0.0.5:4000", origin: "https://webhooks.example" }, publicUrl)).toBe(true);
  expect(isSameOrigin({ host: "10.0.0.5:4000", origin: "http://webhooks.example" }, publicUrl)).toBe(false);
  expect(isSameOrigin({ host: "10.0.0.5:4000", origin: "https://webhooks.example:444" }, publicUrl)).toBe(false);
});

describe("cookies", () => {
  const cookie = "session=abc";
  const origin = `https://${host}`;

  test("count for a POST and for a WebSocket of a page of ours", () => {
    expect(ownPageCookies({ method: "POST", headers: { host, origin, cookie } })).toBe(cookie);
    expect(ownPageCookies({ method: "GET", headers: { host, origin, cookie, upgrade: "WebSocket" } })).toBe(cookie);
  });

  test.for([
    ["a GET", { method: "GET", headers: { host, origin, cookie, "sec-fetch-site": "same-origin" } }],
    ["a POST of another site", { method: "POST", headers: { host, origin: "https://evil.example", cookie } }],
    ["a POST that no page made", { method: "POST", headers: { host, cookie } }],
    [
      "a WebSocket of another site",
      { method: "GET", headers: { host, origin: "https://evil.example", cookie, upgrade: "websocket" } },
    ],
  ] as const)("do not count for %s", ([, request]) => {
    expect(ownPageCookies(request)).toBeNull();
  });

  test("make a WebSocket of another site a hijacking; without cookies, or without a page, it is none", () => {
    const evil = "https://evil.example";
    expect(isHijacking({ headers: { host, origin: evil, cookie } })).toBe(true);
    expect(isHijacking({ headers: { host, origin: evil } })).toBe(false);
    expect(isHijacking({ headers: { host, cookie } })).toBe(false);
    expect(isHijacking({ headers: { host, origin, cookie } })).toBe(false);
  });
});
