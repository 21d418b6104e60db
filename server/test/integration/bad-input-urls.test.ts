import { describe, expect } from "vitest";
import { createWebhook } from "../support/fixtures.ts";
import { IPV4_SPELLINGS } from "../support/ipv4-spellings.ts";
import { restRequest } from "../support/rest-request.ts";
import { organization, service, test } from "../support/test.ts";

test.override("serviceOptions", { env: { NODE_ENV: "production" } });

interface Answer {
  readonly webhookConfig: { readonly id: string; readonly url: string } | null;
  readonly secretKey: string | null;
  readonly errors: readonly { readonly code: string; readonly field: string; readonly message: string }[];
}

async function create(url: string): Promise<Answer> {
  const { createWebhookConfig } = await service.graphql<{ createWebhookConfig: Answer }>(
    "mutation ($input: CreateWebhookConfigInput!) { createWebhookConfig(input: $input) { webhookConfig { id url } secretKey errors { code field message } } }",
    { input: { organizationId: organization.id, name: "x", url, events: ["ORDER_CREATED"] } },
  );
  return createWebhookConfig;
}

async function expectRefused(url: string, message: string): Promise<void> {
  expect(await create(url), url).toEqual({
    webhookConfig: null,
    secretKey: null,
    errors: [{ code: "INVALID_INPUT", field: "url", message }],
  });
}

const ADDRESS = "The address is not allowed.";
const SCHEME = "The URL must begin with https://.";
const URL = "This is not a valid absolute URL.";

/** As unsigned 32-bit numbers. */
const FORBIDDEN_V4 = {
  "loopback 127.0.0.1": 0x7f000001,
  "private 10.1.2.3": 0x0a010203,
  "private 172.16.0.1": 0xac100001,
  "private 192.168.1.1": 0xc0a80101,
  "metadata 169.254.169.254": 0xa9fea9fe,
  "carrier 100.64.0.1": 0x64400001,
  "unspecified 0.0.0.0": 0,
  "broadcast 255.255.255.255": 0xffffffff,
};

describe("in production a webhook reaches public https addresses only", () => {
  test.for(Object.entries(FORBIDDEN_V4))("%s is refused in every spelling", async ([, address]) => {
    for (const [name, write] of Object.entries(IPV4_SPELLINGS)) {
      const { webhookConfig, errors } = await create(`https://${write(address)}/hook`);
      expect(webhookConfig, name).toBeNull();
      expect(errors, name).toEqual([
        { code: "INVALID_INPUT", field: "url", message: expect.stringMatching(/^(The address|This is not)/) },
      ]);
    }
  });

  test.for([
    "https://[::1]/",
    "https://[::]/",
    "https://[fe80::1]/",
    "https://[fd00:ec2::254]/",
    "https://[fc00::1]/",
    "https://[ff02::1]/",
    "https://[4000::1]/",
    "https://168.63.129.16/",
    "https://100.100.100.200/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://localhost.localdomain/",
    "https://x.localhost/",
    "https://metadata.google.internal/",
    "https://metadata/",
    "https://instance-data/",
    "https://printer.local/",
    "https://db.internal/",
    "https://kubernetes.default.svc/",
    "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
  ])("%s is refused", async (url) => {
    await expectRefused(url, ADDRESS);
  });

  test.for([
    "http://93.184.216.34/",
    "HTTP://93.184.216.34/",
    "ftp://93.184.216.34/",
    "file:///etc/passwd",
    "gopher://93.184.216.34/",
    "ws://93.184.216.34/",
    "javascript:alert(1)",
    "data:text/plain,x",
    "blob:https://93.184.216.34/x",
  ])("the scheme of %s is refused", async (url) => {
    await expectRefused(url, SCHEME);
  });

  test.for([
    "nonsense",
    "/hook",
    "//93.184.216.34/",
    "https://",
    "https:///",
    "https:// 93.184.216.34/",
    " https://93.184.216.34/",
    "https://93.184.216.34/\u0000",
    "https://93.184.216.34/a b",
    "https://93.184.216.34/a\nb",
    "https://93.184.216.34/a\r\nHost: x",
    "ht\ttps://93.184.216.34/",
    "https://93.184.216.34:99999/",
    "https://93.184.216.34:-1/",
    "https://[::1",
    "https://[fe80::1%25eth0]/",
    "https://%zz/",
    "https://a b/",
  ])("%j is no URL", async (url) => {
    await expectRefused(url, URL);
  });

  test.for(["https://user@93.184.216.34/", "https://user:pass@93.184.216.34/", "https://:pass@93.184.216.34/"])(
    "%s is refused because of its credentials",
    async (url) => {
      await expectRefused(url, "The URL must not contain a user name or password; use a custom header.");
    },
  );

  test.for([22, 25, 53, 110, 445, 3306, 5432, 6379, 9200, 11211, 27017])("port %d is refused", async (port) => {
    await expectRefused(`https://93.184.216.34:${port}/`, `Port ${port} is not allowed.`);
  });

  test("a URL of more than 2048 characters is refused", async () => {
    await expectRefused(`https://93.184.216.34/${"x".repeat(2048)}`, "must be at most 2048 characters");
  });

  test("a public address is taken, and kept in its normal form", async () => {
    const { webhookConfig } = await create("HTTPS://93.184.216.34:443/Hook?q=ü#part");
    expect(webhookConfig?.url).toBe("https://93.184.216.34/Hook?q=%C3%BC#part");
    expect((await create("https://93.184.216.34:8443/")).webhookConfig).not.toBeNull();
    expect((await create("https://[2606:2800:220:1:248:1893:25c8:1946]/")).webhookConfig).not.toBeNull();
  });

  test("nothing that was refused is stored, and an update is judged alike", async () => {
    const { id } = await createWebhook(service, organization, "https://93.184.216.34/stays");
    const { updateWebhookConfig } = await service.graphql<{ updateWebhookConfig: object }>(
      "mutation ($input: UpdateWebhookConfigInput!) { updateWebhookConfig(input: $input) { webhookConfig { url } errors { field message } } }",
      { input: { id, url: "https://169.254.169.254/latest/meta-data" } },
    );
    const rows = await service.sql<{ url: string }>("SELECT url FROM webhook_configs");

    expect(updateWebhookConfig).toEqual({ webhookConfig: null, errors: [{ field: "url", message: ADDRESS }] });
    expect(
      rows.map(({ url }) => url).filter((url) => !url.includes("93.184.216.34") && !url.includes("2606:2800")),
    ).toEqual([]);
    expect(rows).toContainEqual({ url: "https://93.184.216.34/stays" });
  });

  test("REST refuses them alike", async () => {
    for (const url of ["http://93.184.216.34/", "https://127.1/", "https://user@93.184.216.34/"]) {
      const { status, body } = await restRequest(service, "POST", "/api/webhooks", {
        body: { organization_id: organization.id, name: "x", url, events: ["order.created"] },
      });
      expect({ status, field: body.errors?.[0]?.field }).toEqual({ status: 400, field: "url" });
    }
  });

  test("of this service only the built-in receiver can be reached", async () => {
    const { testReceiver } = await service.graphql<{ testReceiver: { url: string } }>(
      "query ($id: ID!) { testReceiver(organizationId: $id) { url } }",
      { id: organization.id },
    );
    expect((await create(testReceiver.url)).webhookConfig).not.toBeNull();
    for (const path of [
      "/graphql",
      "/api/events",
      "/",
      "/receiver/../graphql",
      "/receiver/%2e%2e/graphql",
      "/receiver/%2f",
    ]) {
      expect((await create(service.origin + path)).webhookConfig, path).toBeNull();
    }
  });
});
