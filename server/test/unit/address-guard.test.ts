import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type AddressGuardOptions,
  createAddressGuard,
  type ResolvedAddress,
} from "../../src/dispatcher/address-guard.ts";
import { IPV4_SPELLINGS, octets } from "../support/ipv4-spellings.ts";

const PRODUCTION: AddressGuardOptions = {
  allowedPrivateCidrs: [],
  allowHttp: false,
  ownOrigin: "http://127.0.0.1:4000",
  ownReceiverPath: "/receiver/",
};
const DEVELOPMENT: AddressGuardOptions = {
  ...PRODUCTION,
  allowedPrivateCidrs: ["127.0.0.0/8", "::1/128"],
  allowHttp: true,
};
const OPEN: AddressGuardOptions = { ...DEVELOPMENT, allowedPrivateCidrs: ["0.0.0.0/0", "::/0"] };

const answering =
  (...addresses: string[]) =>
  async (): Promise<ResolvedAddress[]> =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

function codeOf(url: string, options: AddressGuardOptions = PRODUCTION): string {
  const verdict = createAddressGuard(options).checkUrl(url);
  return verdict.ok ? "ok" : verdict.code;
}

describe("addresses of our own network are refused in every spelling", () => {
  test.each([
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://127.255.255.254/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://0177.1/",
    "https://017700000001/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7F.0x0.0x0.0x1/",
    "https://00000000177.0.0.1/",
    "https://01200034567/",
    "https://0/",
    "https://0.0.0.0/",
    "https://0x0/",
    "https://127.0.0.1./",
    "https://①②⑦.⓪.⓪.①/",
    "https://127。0。0。1/",
    "https://%31%32%37.0.0.1/",
    "https://１２７.0.0.1/",
    "https:\\\\127.0.0.1\\",
    "https:/127.0.0.1/",
    "https:127.0.0.1",
    "https://10.0.0.1/",
    "https://10.255.255.255/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.1.1/",
    "https://169.254.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://0xa9fea9fe/",
    "https://2852039166/",
    "https://100.64.0.1/",
    "https://100.100.100.200/",
    "https://168.63.129.16/",
    "https://192.0.0.192/",
    "https://192.0.2.1/",
    "https://192.88.99.1/",
    "https://198.18.0.1/",
    "https://198.51.100.1/",
    "https://203.0.113.1/",
    "https://224.0.0.1/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://[::]/",
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::fFFf:127.0.0.1]/",
    "https://[::7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[::5efe:7f00:1]/",
    "https://[::ffff:0:7f00:1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://[64:ff9b:1::808:808]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:7f00:1::]/",
    "https://[4000::1]/",
    "https://[100::1]/",
    "https://[2001:db8::1]/",
    "https://[3fff::1]/",
    "https://[5f00::1]/",
    "https://[fc00::1]/",
    "https://[fd00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[fe80::1]/",
    "https://[fec0::1]/",
    "https://[ff02::1]/",
    "https://localhost/",
    "https://LOCALHOST/",
    "https://localhost./",
    "https://foo.localhost/",
    "https://localhost.localdomain/",
    "https://ip6-localhost/",
    "https://intranet/",
    "https://printer.local/",
    "https://db.internal/",
    "https://nas.lan/",
    "https://router.home.arpa/",
    "https://metadata/",
    "https://metadata.google.internal/",
    "https://metadata.google.internal./",
    "https://instance-data/",
    "https://a..example.com/",
  ])("%s", (url) => {
    expect(codeOf(url)).toBe("BLOCKED_ADDRESS");
  });

  const blockedNetworks = [
    [0x00000000, 8],
    [0x0a000000, 8],
    [0x64400000, 10],
    [0x7f000000, 8],
    [0xa9fe0000, 16],
    [0xac100000, 12],
    [0xc0000000, 24],
    [0xc0000200, 24],
    [0xc0a80000, 16],
    [0xc6120000, 15],
    [0xc6336400, 24],
    [0xcb007100, 24],
    [0xe0000000, 4],
    [0xf0000000, 4],
  ] as const;
  const blockedAddress = fc
    .tuple(fc.constantFrom(...blockedNetworks), fc.integer({ min: 0, max: 0xffffffff }))
    .map(([[network, bits], host]) => (network | (host & (2 ** (32 - bits) - 1))) >>> 0);

  test.each(Object.keys(IPV4_SPELLINGS))("property: %s", (spelling) => {
    const production = createAddressGuard(PRODUCTION);
    fc.assert(
      fc.property(blockedAddress, (address) => {
        const verdict = production.checkUrl(`https://${IPV4_SPELLINGS[spelling]?.(address)}/`);
        expect(verdict).toMatchObject({ ok: false, code: "BLOCKED_ADDRESS" });
      }),
      { numRuns: 500 },
    );
  });

  test("property: every spelling that the URL parser turns into an address is judged like the address", () => {
    const guard = createAddressGuard(PRODUCTION);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (address) => {
        const plain = guard.isAllowedAddress(octets(address).join("."));
        for (const name of ["decimal", "hexadecimal", "octal", "twoParts", "fullWidth", "mapped", "nat64"]) {
          expect(guard.checkUrl(`https://${IPV4_SPELLINGS[name]?.(address)}/`).ok).toBe(plain);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("public destinations are accepted", () => {
  test.each([
    "https://example.com/hook?a=1",
    "https://example.com./hook",
    "https://example.com:8443/",
    "https://hooks.example.co.uk:3000/",
    "https://8.8.8.8/",
    "https://[2606:4700:4700::1111]/",
    "https://[::ffff:8.8.8.8]/",
    "https://[64:ff9b::808:808]/",
    "https://xn--mnchen-3ya.de/",
    "https://münchen.de/",
    "https://local.example.com/",
    "https://internal-api.example.com/",
  ])("%s", (url) => {
    expect(codeOf(url)).toBe("ok");
  });
});

describe("what the URL itself may not be", () => {
  test.each([
    ["http://example.com/", "BLOCKED_SCHEME"],
    ["ftp://example.com/", "BLOCKED_SCHEME"],
    ["file:///etc/passwd", "BLOCKED_SCHEME"],
    ["gopher://127.0.0.1:6379/_", "BLOCKED_SCHEME"],
    ["javascript:alert(1)", "BLOCKED_SCHEME"],
    ["data:text/plain,x", "BLOCKED_SCHEME"],
    ["https://user:pass@example.com/", "BLOCKED_CREDENTIALS"],
    ["https://user@example.com/", "BLOCKED_CREDENTIALS"],
    ["https://example.com@127.0.0.1/", "BLOCKED_CREDENTIALS"],
    ["https://example.com:22/", "BLOCKED_PORT"],
    ["https://example.com:25/", "BLOCKED_PORT"],
    ["https://example.com:5432/", "BLOCKED_PORT"],
    ["https://example.com:6379/", "BLOCKED_PORT"],
    ["https://example.com:0/", "BLOCKED_PORT"],
    ["https://example.com:99999/", "BLOCKED_URL"],
    ["https://[fe80::1%25eth0]/", "BLOCKED_URL"],
    ["https://[fe80::1%eth0]/", "BLOCKED_URL"],
    ["https://256.0.0.1/", "BLOCKED_URL"],
    ["https://exa\nmple.com/", "BLOCKED_URL"],
    ["https://exa\tmple.com/", "BLOCKED_URL"],
    [" https://example.com/", "BLOCKED_URL"],
    ["https://exa mple.com/", "BLOCKED_URL"],
    ["https:///", "BLOCKED_URL"],
    ["//example.com/", "BLOCKED_URL"],
    ["example.com", "BLOCKED_URL"],
    ["", "BLOCKED_URL"],
    [`https://example.com/${"x".repeat(2048)}`, "BLOCKED_URL"],
  ])("%s", (url, code) => {
    expect(codeOf(url)).toBe(code);
  });

  test("plain http is for development only", () => {
    expect(codeOf("http://example.com/", DEVELOPMENT)).toBe("ok");
  });
});

describe("with loopback allowed, as in development", () => {
  test.each([
    "http://localhost:1234/",
    "http://127.0.0.1:1234/",
    "http://127.8.8.8/",
    "http://[::1]:1234/",
    "http://app.localhost/",
  ])("%s is accepted", (url) => {
    expect(codeOf(url, DEVELOPMENT)).toBe("ok");
  });
  test.each([
    "http://10.0.0.1/",
    "http://printer.local/",
    "http://intranet/",
    "http://0.0.0.0/",
    "http://[2002:7f00:1::]/",
  ])("%s is still refused", (url) => {
    expect(codeOf(url, DEVELOPMENT)).toBe("BLOCKED_ADDRESS");
  });

  test("localhost is reached only through its allowed addresses", async () => {
    const guard = createAddressGuard({
      ...DEVELOPMENT,
      allowedPrivateCidrs: ["127.0.0.0/8"],
      resolve: answering("10.0.0.1"),
    });
    expect(await lookup(guard.lookup, "localhost")).toEqual(["127.0.0.1"]);
  });
});

describe("with a private range allowed", () => {
  const options = { ...PRODUCTION, allowedPrivateCidrs: ["10.1.0.0/16", "fd12::/16"] };
  test.each([
    "https://10.1.2.3/",
    "https://[fd12::1]/",
    "https://[::ffff:10.1.2.3]/",
    "https://crm.internal/",
    "https://crm/",
  ])("%s is accepted", (url) => {
    expect(codeOf(url, options)).toBe("ok");
  });
  test.each([
    "https://10.2.0.1/",
    "https://127.0.0.1/",
    "https://localhost/",
    "https://[fd13::1]/",
    "https://[64:ff9b::a01:203]/",
  ])("%s is refused", (url) => {
    expect(codeOf(url, options)).toBe("BLOCKED_ADDRESS");
  });
});

describe("metadata addresses stay refused even when everything is allowed", () => {
  const guard = createAddressGuard(OPEN);
  const metadata = [0xa9fea9fe, 0xa9feaa02, 0xa9fe2a2a, 0x646464c8, 0xa83f8110, 0xc00000c0];
  test.each(Object.keys(IPV4_SPELLINGS))("written %s", (spelling) => {
    for (const address of metadata) {
      expect(guard.checkUrl(`http://${IPV4_SPELLINGS[spelling]?.(address)}/`)).toMatchObject({
        code: "BLOCKED_ADDRESS",
      });
    }
  });
  test.each([
    "fd00:ec2::254",
    "fd00:ec2::23",
    "fd20:ce::254",
    "fd00:42::42",
    "fe80::a9fe:a9fe",
    "0.0.0.0",
    "::",
    "224.0.0.1",
  ])("%s", (address) => {
    expect(guard.isAllowedAddress(address)).toBe(false);
  });
  test.each(["metadata.google.internal", "instance-data", "metadata"])("%s", (name) => {
    expect(codeOf(`http://${name}/`, OPEN)).toBe("BLOCKED_ADDRESS");
  });
  test("and what is merely private is then allowed", () => {
    for (const address of ["10.0.0.1", "127.0.0.1", "fd00::1", "::1"])
      expect(guard.isAllowedAddress(address)).toBe(true);
  });
});

describe("our own address", () => {
  test.each([
    ["http://127.0.0.1:4000/receiver/abc", "ok"],
    ["http://localhost:4000/receiver/abc?x=1", "ok"],
    ["http://[::1]:4000/receiver/abc", "ok"],
    ["http://127.0.0.1:4000/", "BLOCKED_ADDRESS"],
    ["http://127.0.0.1:4000/receiver/abc/imitations/salesforce-upsert/sobjects/Order__c/Id__c/%C3%87%2F1%202", "ok"],
    ["http://127.0.0.1:4000/receiver/abc/imitations/../../../api/events", "BLOCKED_ADDRESS"],
    ["http://127.0.0.1:4000/receiver/abc/imitations/%2e%2e/%2e%2e/%2e%2e/api/events", "BLOCKED_ADDRESS"],
    ["http://127.0.0.1:4000/receiver/abc%2f..%2f..%2fapi/imitations/slack/events", "BLOCKED_ADDRESS"],
    ["http://127.0.0.1:4000/receiver", "BLOCKED_ADDRESS"],
    ["http://127.0.0.1:4000/receiver/../api/events", "BLOCKED_ADDRESS"],
    ["http://127.0.0.1:4000/receiver/%2e%2e/api/events", "BLOCKED_ADDRESS"],
    ["http://127.0.0.1:4000/receiver/..%2fapi/events", "BLOCKED_ADDRESS"],
    ["http://127.0.0.1:4000/receiver/..\\api/events", "BLOCKED_ADDRESS"],
    ["http://2130706433:4000/api/events", "BLOCKED_ADDRESS"],
    ["http://127.9.9.9:4000/graphql", "BLOCKED_ADDRESS"],
    ["http://[::ffff:127.0.0.1]:4000/graphql", "BLOCKED_ADDRESS"],
    ["http://localhost.:4000/graphql", "BLOCKED_ADDRESS"],
    ["http://app.localhost:4000/graphql", "BLOCKED_ADDRESS"],
    ["https://127.0.0.1:4000/receiver/abc", "BLOCKED_ADDRESS"],
  ])("%s: only the built-in receiver, in production and in development", (url, code) => {
    expect(codeOf(url, PRODUCTION)).toBe(code);
    expect(codeOf(url, DEVELOPMENT)).toBe(code);
  });

  test("no path is open without a built-in receiver", () => {
    expect(codeOf("http://127.0.0.1:4000/receiver/abc", { ...DEVELOPMENT, ownReceiverPath: null })).toBe(
      "BLOCKED_ADDRESS",
    );
  });

  test("is not reached through a name that leads to it", async () => {
    const guard = createAddressGuard({ ...DEVELOPMENT, resolve: answering("127.0.0.1") });
    await expect(lookup(guard.connectionRules("me.example", 4000).lookup, "me.example")).rejects.toMatchObject({
      code: "BLOCKED_ADDRESS",
    });
    expect(await lookup(guard.connectionRules("me.example", 5000).lookup, "me.example")).toEqual(["127.0.0.1"]);
    expect(await guard.checkDestination("http://me.example:4000/graphql")).toMatchObject({ code: "BLOCKED_ADDRESS" });
  });
});

describe("names are judged by everything they resolve to", () => {
  const refusedAnswers = [
    ["10.0.0.1"],
    ["93.184.215.14", "127.0.0.1"],
    ["::ffff:10.0.0.1"],
    ["2606:4700::1", "fd00::1"],
    ["fe80::1%eth0"],
  ];
  test.each(refusedAnswers)("%s %s is refused when saved and when connected to", async (...answers) => {
    const guard = createAddressGuard({ ...PRODUCTION, resolve: answering(...answers) });
    expect(await guard.checkDestination("https://example.com/")).toEqual({
      ok: false,
      code: "BLOCKED_ADDRESS",
      reason: "The address is not allowed.",
    });
    await expect(lookup(guard.lookup, "example.com")).rejects.toMatchObject({ code: "BLOCKED_ADDRESS" });
  });

  test("public answers are dialled as they were judged", async () => {
    const guard = createAddressGuard({ ...PRODUCTION, resolve: answering("93.184.215.14", "2606:4700::1") });
    expect((await guard.checkDestination("https://example.com/")).ok).toBe(true);
    expect(await lookup(guard.lookup, "example.com")).toEqual(["93.184.215.14", "2606:4700::1"]);
    const one = await new Promise((resolve) => guard.lookup("example.com", {}, (...answer) => resolve(answer)));
    expect(one).toEqual([null, "93.184.215.14", 4]);
  });

  test("a name that does not resolve yet may be saved", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error("not found"), { code: "ENOTFOUND" }));
    const guard = createAddressGuard({ ...PRODUCTION, resolve });
    expect((await guard.checkDestination("https://soon.example.com/")).ok).toBe(true);
    await expect(lookup(guard.lookup, "soon.example.com")).rejects.toMatchObject({ code: "ENOTFOUND" });
  });

  test("a slow resolver is given up, and asked once for all who wait", async () => {
    let questions = 0;
    const guard = createAddressGuard({
      ...PRODUCTION,
      dnsTimeoutMs: 50,
      resolve: () => {
        questions++;
        return new Promise(() => {});
      },
    });
    const answers = await Promise.allSettled([
      lookup(guard.lookup, "slow.example.com"),
      lookup(guard.lookup, "slow.example.com"),
    ]);
    expect(answers.map((answer) => answer.status === "rejected" && answer.reason.code)).toEqual([
      "DNS_TIMEOUT",
      "DNS_TIMEOUT",
    ]);
    expect(questions).toBe(1);
    expect((await guard.checkDestination("https://slow.example.com/")).ok).toBe(true);
  });
});

test("all refusals of an address read the same", () => {
  const guard = createAddressGuard(PRODUCTION);
  const reasons = [
    "https://10.0.0.1/",
    "https://localhost/",
    "https://metadata/",
    "https://db.internal/",
    "http://127.0.0.1:4000/x",
  ].map((url) => guard.checkUrl(url));
  expect(new Set(reasons.map((verdict) => JSON.stringify(verdict))).size).toBe(1);
});

test("a range that is not in CIDR notation is refused at start", () => {
  expect(() => createAddressGuard({ ...PRODUCTION, allowedPrivateCidrs: ["10.0.0.1"] })).toThrow();
});

function lookup(lookupFunction: ReturnType<typeof createAddressGuard>["lookup"], hostname: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    lookupFunction(hostname, { all: true }, (error, addresses) => {
      if (error !== null) reject(error);
      else resolve((addresses as unknown as ResolvedAddress[]).map(({ address }) => address));
    });
  });
}
