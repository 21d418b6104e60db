import { createPrivateKey } from "node:crypto";
import { describe, expect } from "vitest";
import { HAS_OPENSSL, makeCertificate } from "../support/certificates.ts";
import { createWebhook, type TestWebhook } from "../support/fixtures.ts";
import { restRequest } from "../support/rest-request.ts";
import { organization, service, sharedTest as test } from "../support/test.ts";

const URL = "http://127.0.0.1:19999/hook";
const OAUTH = { tokenUrl: "http://127.0.0.1:19999/token", clientId: "vera", clientSecret: "client-secret-2718" };
const DAY_MS = 86_400_000;

const AUTHENTICATION = `type headerName username tokenUrl clientId scope clientAuthentication scheme tokenObtainedAt tokenExpiresAt`;
interface Problem {
  readonly field: string | null;
  readonly reason: string | null;
}
interface Webhook {
  readonly authentication: Readonly<Record<string, unknown>> | null;
  readonly clientCertificate: Readonly<Record<string, unknown>> | null;
}

async function update(
  webhook: TestWebhook,
  input: object,
): Promise<{ webhookConfig: Webhook | null; errors: Problem[] }> {
  const { updateWebhookConfig } = await service.graphql<{
    updateWebhookConfig: { webhookConfig: Webhook | null; errors: Problem[] };
  }>(
    `mutation ($input: UpdateWebhookConfigInput!) { updateWebhookConfig(input: $input) { webhookConfig { authentication { ${AUTHENTICATION} } clientCertificate { subject issuer expiresAt } } errors { field reason } } }`,
    { input: { id: webhook.id, ...input } },
  );
  return updateWebhookConfig;
}

/** The authentication as `update` answers it, without what is null. */
async function authenticated(webhook: TestWebhook, authentication: object): Promise<object | null> {
  const { webhookConfig, errors } = await update(webhook, { authentication });
  expect(errors).toEqual([]);
  const shown = webhookConfig?.authentication ?? null;
  return shown === null ? null : Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null));
}

async function refused(
  webhook: TestWebhook,
  input: object,
): Promise<readonly (readonly [string | null, string | null])[]> {
  const { errors } = await update(webhook, input);
  return errors.map(({ field, reason }) => [field, reason]);
}

describe("authentication", () => {
  test("each type is shown without its secrets, and can be taken away", async () => {
    const webhook = await createWebhook(service, organization, URL);
    expect(await authenticated(webhook, { header: { name: "X-Key", value: "k" } })).toEqual({
      type: "HEADER",
      headerName: "X-Key",
    });
    expect(await authenticated(webhook, { basic: { username: "vera", password: "" } })).toEqual({
      type: "BASIC",
      username: "vera",
    });
    const oauth = {
      tokenUrl: OAUTH.tokenUrl,
      clientId: "vera",
      clientAuthentication: "BASIC",
      scheme: "Bearer",
    };
    expect(await authenticated(webhook, { oauth2ClientCredentials: OAUTH })).toEqual({
      type: "OAUTH2_CLIENT_CREDENTIALS",
      ...oauth,
    });
    const zoho = { clientAuthentication: "BODY", scheme: "Zoho-oauthtoken", scope: "crm.deals crm.leads" };
    expect(
      await authenticated(webhook, { oauth2RefreshToken: { ...OAUTH, ...zoho, refreshToken: "refresh" } }),
    ).toEqual({ type: "OAUTH2_REFRESH_TOKEN", ...oauth, ...zoho });
    expect(await authenticated(webhook, { body: { credential: "k" } })).toEqual({ type: "BODY" });
    expect(await authenticated(webhook, { none: true })).toBeNull();
  });

  test("a secret that is not given again stays, as long as the type does", async () => {
    const webhook = await createWebhook(service, organization, URL, {
      authentication: { oauth2ClientCredentials: OAUTH },
    });
    const { clientSecret: _secret, ...rest } = OAUTH;
    const scoped = { oauth2ClientCredentials: { ...rest, scope: "orders" } };
    expect(await authenticated(webhook, scoped)).toMatchObject({ scope: "orders" });
    expect(await refused(webhook, { authentication: { oauth2RefreshToken: rest } })).toEqual([
      ["authentication.oauth2RefreshToken.clientSecret", "REQUIRED"],
      ["authentication.oauth2RefreshToken.refreshToken", "REQUIRED"],
    ]);
  });

  test("a kept secret is not sent to another host's token endpoint", async () => {
    const webhook = await createWebhook(service, organization, URL, {
      authentication: { oauth2ClientCredentials: OAUTH },
    });
    const elsewhere = { tokenUrl: "http://127.0.0.1:19998/token", clientId: "vera" };
    expect(await refused(webhook, { authentication: { oauth2ClientCredentials: elsewhere } })).toEqual([
      ["authentication.oauth2ClientCredentials.clientSecret", "REQUIRED"],
    ]);
  });

  test.for<[string, object, string, string]>([
    ["a reserved header", { header: { name: "X-Webhook-Event", value: "k" } }, "header.name", "RESERVED"],
    ["no header name", { header: { name: "a b", value: "k" } }, "header.name", "INVALID_CHARACTERS"],
    ["a line break in a value", { header: { name: "X-Key", value: "a\nb" } }, "header.value", "INVALID_CHARACTERS"],
    ["an empty value", { header: { name: "X-Key", value: "" } }, "header.value", "EMPTY"],
    ["no value", { header: { name: "X-Key" } }, "header.value", "REQUIRED"],
    ["a colon in a user name", { basic: { username: "a:b", password: "p" } }, "basic.username", "INVALID_CHARACTERS"],
    [
      "a loopback name",
      { oauth2ClientCredentials: { ...OAUTH, tokenUrl: "http://169.254.169.254/token" } },
      "oauth2ClientCredentials.tokenUrl",
      "ADDRESS_NOT_ALLOWED",
    ],
    [
      "a token URL with a password",
      { oauth2ClientCredentials: { ...OAUTH, tokenUrl: "http://a:b@example.com/" } },
      "oauth2ClientCredentials.tokenUrl",
      "URL_WITH_CREDENTIALS",
    ],
    [
      "no URL",
      { oauth2ClientCredentials: { ...OAUTH, tokenUrl: "token" } },
      "oauth2ClientCredentials.tokenUrl",
      "URL_INVALID",
    ],
    [
      "a quote in a scope",
      { oauth2ClientCredentials: { ...OAUTH, scope: 'a"b' } },
      "oauth2ClientCredentials.scope",
      "INVALID_CHARACTERS",
    ],
    [
      "a line break in a scheme",
      { oauth2ClientCredentials: { ...OAUTH, scheme: "Bearer\r\nX: y" } },
      "oauth2ClientCredentials.scheme",
      "INVALID_CHARACTERS",
    ],
    [
      "a secret that is not ASCII",
      { oauth2ClientCredentials: { ...OAUTH, clientSecret: "ş" } },
      "oauth2ClientCredentials.clientSecret",
      "INVALID_CHARACTERS",
    ],
    ["an empty credential", { body: { credential: "" } }, "body.credential", "EMPTY"],
    ["none that is false", { none: false }, "none", "NOT_ALLOWED"],
  ])("%s is refused at its field", async ([, authentication, field, reason]) => {
    const webhook = await createWebhook(service, organization, URL);
    expect(await refused(webhook, { authentication })).toEqual([[`authentication.${field}`, reason]]);
  });

  test("its header and the custom headers cannot be the same", async () => {
    const webhook = await createWebhook(service, organization, URL, { customHeaders: { "x-key": "1" } });
    expect(await refused(webhook, { authentication: { header: { name: "X-Key", value: "k" } } })).toEqual([
      ["authentication.header.name", "DUPLICATE"],
    ]);
    await authenticated(webhook, { basic: { username: "vera", password: "p" } });
    expect(await refused(webhook, { customHeaders: { authorization: "mine" } })).toEqual([
      ["customHeaders.authorization", "DUPLICATE"],
    ]);
    const both = { authentication: { header: { name: "X-Key", value: "k" } }, customHeaders: { "X-Other": "1" } };
    expect(await refused(webhook, both)).toEqual([]);
  });

  test("the audit log has the type and what is no secret, and says which secrets are new", async () => {
    const webhook = await createWebhook(service, organization, URL);
    service.clock.advanceBy(1);
    await authenticated(webhook, { oauth2RefreshToken: { ...OAUTH, refreshToken: "refresh-token-3141" } });
    const [entry] = await service.sql<{ details: object }>(
      "SELECT details FROM audit_log WHERE target_id = $1 ORDER BY id DESC LIMIT 1",
      [webhook.id],
    );
    expect(entry?.details).toEqual({
      changes: {
        authentication: { from: null, to: "oauth2RefreshToken" },
        authenticationSettings: {
          from: [],
          to: expect.arrayContaining([`tokenUrl: ${OAUTH.tokenUrl}`, "clientId: vera", "scheme: Bearer"]),
        },
        newSecrets: { from: [], to: ["clientSecret", "refreshToken"] },
      },
    });
    expect(JSON.stringify(entry)).not.toMatch(/client-secret-2718|refresh-token-3141/);
  });

  test("is written in REST with its type as a field, and problems are named so", async () => {
    const body = {
      organization_id: organization.id,
      name: "CRM",
      url: URL,
      events: ["order.created"],
      authentication: {
        type: "oauth2_client_credentials",
        token_url: OAUTH.tokenUrl,
        client_id: "vera",
        client_secret: OAUTH.clientSecret,
        client_authentication: "body",
      },
    };
    const created = await restRequest<{ webhook: { id: string } }>(service, "POST", "/api/webhooks", { body });
    const shown = {
      authentication: {
        type: "oauth2_client_credentials",
        token_url: OAUTH.tokenUrl,
        client_id: "vera",
        client_authentication: "body",
        scheme: "Bearer",
      },
      client_certificate: null,
    };
    expect(created.body.webhook).toMatchObject(shown);
    expect(created.text).not.toContain(OAUTH.clientSecret);

    const path = `/api/webhooks/${created.body.webhook.id}`;
    const fieldsOf = async (method: string, at: string, authentication: object): Promise<unknown> => {
      const answer = await restRequest(service, method, at, {
        body: { ...(method === "POST" && body), authentication },
      });
      return answer.body.errors?.map(({ field }) => field);
    };
    for (const [method, at] of [
      ["POST", "/api/webhooks"],
      ["PATCH", path],
    ] as const) {
      expect(await fieldsOf(method, at, { type: "magic" })).toEqual(["authentication.type"]);
      expect(await fieldsOf(method, at, { type: "header", name: "Host", value: "k" })).toEqual(["authentication.name"]);
      expect(
        await fieldsOf(method, at, { type: "oauth2_refresh_token", token_url: OAUTH.tokenUrl, client_id: "vera" }),
      ).toEqual(["authentication.client_secret", "authentication.refresh_token"]);
    }
    const gone = await restRequest<{ webhook: object }>(service, "PATCH", path, {
      body: { authentication: { type: "none" } },
    });
    expect(gone.body.webhook).toMatchObject({ authentication: null });
  });
});

describe.skipIf(!HAS_OPENSSL)("a client certificate", () => {
  const first = makeCertificate("first.example");
  const other = makeCertificate("other.example");

  test("is shown by whose it is and until when, never with its key; an empty one takes it away", async () => {
    const webhook = await createWebhook(service, organization, URL, { clientCertificate: first });
    const shown = await update(webhook, { name: "ERP" });
    expect(shown.webhookConfig?.clientCertificate).toMatchObject({
      subject: "O=Lezzet Duragi, CN=first.example",
      issuer: "O=Lezzet Duragi, CN=first.example",
    });
    const { webhookConfig } = await update(webhook, { clientCertificate: {} });
    expect(webhookConfig?.clientCertificate).toBeNull();
  });

  test("can be replaced by one for the same key, without giving the key again", async () => {
    const webhook = await createWebhook(service, organization, URL, { clientCertificate: first });
    expect(await refused(webhook, { clientCertificate: { certificate: first.certificate } })).toEqual([]);
    expect(await refused(webhook, { clientCertificate: { certificate: other.certificate } })).toEqual([
      ["clientCertificate.privateKey", "PRIVATE_KEY_OF_ANOTHER"],
    ]);
  });

  test("is refused where it cannot work, at its field", async () => {
    const webhook = await createWebhook(service, organization, URL);
    const weak = makeCertificate("weak.example", { key: ["rsa:1024"] });
    const encrypted = createPrivateKey(first.privateKey)
      .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "p" })
      .toString();
    const cases: readonly (readonly [object, string, string])[] = [
      [{ certificate: "no certificate", privateKey: first.privateKey }, "certificate", "CERTIFICATE_UNREADABLE"],
      [{ privateKey: first.privateKey }, "certificate", "REQUIRED"],
      [{ certificate: first.certificate }, "privateKey", "REQUIRED"],
      [{ certificate: first.certificate, privateKey: other.privateKey }, "privateKey", "PRIVATE_KEY_OF_ANOTHER"],
      [{ certificate: first.certificate, privateKey: "no key" }, "privateKey", "PRIVATE_KEY_UNUSABLE"],
      [{ certificate: first.certificate, privateKey: encrypted }, "privateKey", "PRIVATE_KEY_UNUSABLE"],
      [{ certificate: weak.certificate, privateKey: weak.privateKey }, "privateKey", "PRIVATE_KEY_UNUSABLE"],
    ];
    for (const [clientCertificate, field, reason] of cases) {
      expect(await refused(webhook, { clientCertificate })).toEqual([[`clientCertificate.${field}`, reason]]);
    }
    service.clock.advanceBy(31 * DAY_MS);
    expect(await refused(webhook, { clientCertificate: first })).toEqual([
      ["clientCertificate.certificate", "CERTIFICATE_EXPIRED"],
    ]);
  });

  test("is written in REST as snake_case, and problems are named so", async () => {
    const webhook = await createWebhook(service, organization, URL);
    const body = {
      client_certificate: {
        certificate: makeCertificate("rest.example", { days: 90 }).certificate,
        private_key: other.privateKey,
      },
    };
    const { body: problem } = await restRequest(service, "PATCH", `/api/webhooks/${webhook.id}`, { body });
    expect(problem.errors?.map(({ field }) => field)).toEqual(["client_certificate.private_key"]);
  });
});
