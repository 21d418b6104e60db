import { describe, expect } from "vitest";
import {
  createWebhook,
  deliveriesOf,
  eventually,
  publish,
  type TestOrganization,
  type TestWebhook,
} from "../support/fixtures.ts";
import { answerJson, CLIENT, type OauthServer, REFRESH_TOKEN, startOauthServer } from "../support/oauth-server.ts";
import { test as base, receiver, service } from "../support/test.ts";
import { startTestService } from "../support/test-service.ts";
import { updateWebhook } from "../support/webhook-actions.ts";

let oauth: OauthServer;
const test = base.extend("oauth", { auto: true }, async ({ service: _started }, { onCleanup }) => {
  const server = await startOauthServer();
  onCleanup(() => server.close());
  oauth = server;
  return server;
});

const clientCredentials = (more: object = {}) => ({
  authentication: { oauth2ClientCredentials: { tokenUrl: oauth.tokenUrl, ...CLIENT, ...more } },
});
const refreshing = (more: object = {}) => ({
  authentication: {
    oauth2RefreshToken: { tokenUrl: oauth.tokenUrl, ...CLIENT, refreshToken: REFRESH_TOKEN, ...more },
  },
});

/** Publishes so many events and answers the deliveries when all were attempted. */
async function deliver(organization: TestOrganization, count = 1) {
  const before = (await deliveriesOf(service, organization)).length;
  await Promise.all(Array.from({ length: count }, () => publish(service, organization)));
  const all = await eventually(
    () => deliveriesOf(service, organization),
    (deliveries) => deliveries.length === before + count && deliveries.every(({ status }) => status !== "PENDING"),
  );
  return all.slice(0, count);
}

describe("a login that is the same for every request", () => {
  test("a header", async ({ organization }) => {
    const authentication = { header: { name: "X-API-Key", value: "header-s3cret-1618" } };
    await createWebhook(service, organization, receiver.url, { authentication });
    receiver.respond(200, { body: "your key is header-s3cret-1618" });
    await deliver(organization);
    expect((await receiver.next()).headers["x-api-key"]).toBe("header-s3cret-1618");
    await expectNowhere("header-s3cret-1618");
  });

  test("user name and password, in any language", async ({ organization }) => {
    const authentication = { basic: { username: "vera", password: "şifre-s3cret" } };
    await createWebhook(service, organization, receiver.url, { authentication });
    await deliver(organization);
    const expected = Buffer.from("vera:şifre-s3cret", "utf8").toString("base64");
    expect((await receiver.next()).headers["authorization"]).toBe(`Basic ${expected}`);
    await expectNowhere(expected);
  });

  test("a secret in the body is on the wire and in what is signed, and nowhere else", async ({ organization }) => {
    const credential = 'body-"s3cret"-\\1414';
    const { secretKey } = await createWebhook(service, organization, receiver.url, {
      authentication: { body: { credential } },
      requestTemplate: { body: '{"key":"{{ credential }}","order":"{{ data.order_number }}"}' },
    });
    await deliver(organization);
    const request = await receiver.next();
    expect(receiver.verify(request, secretKey)).toEqual({ key: credential, order: "ORD-20240102-1234" });
    await expectNowhere("s3cret");
  });
});

describe("OAuth 2.0", () => {
  test("the token of client credentials is asked for once, and serves all deliveries", async ({ organization }) => {
    await createWebhook(service, organization, oauth.apiUrl, clientCredentials({ scope: "orders deals" }));
    const deliveries = await deliver(organization, 20);

    expect(deliveries.every(({ status }) => status === "SUCCESS")).toBe(true);
    const encoded = Buffer.from("vera+qr:client-s3cret%2B2718").toString("base64");
    expect(oauth.tokenRequests).toEqual([
      { form: { grant_type: "client_credentials", scope: "orders deals" }, authorization: `Basic ${encoded}` },
    ]);
    await expectNowhere("client-s3cret");
    await expectNowhere("access-token-number");
  });

  test("the client's id and secret may go into the form, and the scheme may be another", async ({ organization }) => {
    const zoho = { clientAuthentication: "BODY", scheme: "Zoho-oauthtoken" };
    await createWebhook(service, organization, oauth.apiUrl, refreshing(zoho));
    const [delivery] = await deliver(organization);
    expect(delivery?.status).toBe("SUCCESS");
    expect(oauth.tokenRequests).toEqual([
      {
        form: {
          grant_type: "refresh_token",
          refresh_token: REFRESH_TOKEN,
          client_id: CLIENT.clientId,
          client_secret: CLIENT.clientSecret,
        },
        authorization: undefined,
      },
    ]);
  });

  test("a token that is about to end is renewed beside the traffic, and one that has ended before it", async ({
    organization,
  }) => {
    await createWebhook(service, organization, oauth.apiUrl, clientCredentials());
    await deliver(organization);
    service.clock.advanceBy(3_400_000);
    await deliver(organization);
    await eventually(
      async () => oauth.tokenRequests.length,
      (count) => count === 2,
    );
    service.clock.advanceBy(7_200_000);
    await deliver(organization);
    expect(oauth.tokenRequests).toHaveLength(3);
    expect(oauth.refusedCount).toBe(0);
    expect(oauth.accepted).toHaveLength(3);
  });

  test("a token that ends in the middle of traffic is renewed once, and nothing is lost", async ({ organization }) => {
    oauth.expiresIn = null;
    await createWebhook(service, organization, oauth.apiUrl, clientCredentials());
    await deliver(organization);
    oauth.revokeAll();
    const deliveries = await deliver(organization, 40);

    expect(deliveries.map(({ status, attempts }) => [status, attempts.length])).toEqual(
      deliveries.map(() => ["SUCCESS", 1]),
    );
    expect(oauth.accepted).toHaveLength(41);
    expect(oauth.tokenRequests).toHaveLength(2);
  });

  test("a receiver that refuses new tokens too is not asked for ever: the attempt is rejected", async ({
    organization,
  }) => {
    receiver.byDefault.respond(401);
    await createWebhook(service, organization, receiver.url, clientCredentials());
    const [first] = await deliver(organization);
    expect(first).toMatchObject({ status: "RETRYING", errorCode: "HTTP_401", attempts: [{ attemptNumber: 1 }] });
    expect(receiver.requests).toHaveLength(2);
    await deliver(organization);
    expect(receiver.requests).toHaveLength(3);
    expect(oauth.tokenRequests).toHaveLength(2);
  });

  test("a refresh token that is replaced at each use survives a restart", async ({ organization }) => {
    oauth.rotates = true;
    await createWebhook(service, organization, oauth.apiUrl, refreshing());
    await deliver(organization);
    const other = await startTestService({ databaseUrl: service.databaseUrl, clock: service.clock });
    try {
      oauth.revokeAll();
      await publish(other, organization);
      await eventually(
        () => deliveriesOf(service, organization),
        (deliveries) => deliveries.length === 2 && deliveries.every(({ status }) => status === "SUCCESS"),
      );
      expect(oauth.tokenRequests.map(({ form }) => form["refresh_token"])).toEqual([
        REFRESH_TOKEN,
        "refresh-token-number-1",
      ]);
    } finally {
      await other.stop();
    }
    await expectNowhere("refresh-token-number");
  });

  test("a scope can be changed without losing the refresh token that replaced the configured one", async ({
    organization,
  }) => {
    oauth.rotates = true;
    const webhook = await createWebhook(service, organization, oauth.apiUrl, refreshing());
    await deliver(organization);
    const kept = { tokenUrl: oauth.tokenUrl, clientId: CLIENT.clientId, scope: "deals" };
    await updateWebhook(service, webhook, { authentication: { oauth2RefreshToken: kept } });
    const [delivery] = await deliver(organization);
    expect(delivery?.status).toBe("SUCCESS");
    expect(oauth.tokenRequests[1]?.form).toMatchObject({ refresh_token: "refresh-token-number-1", scope: "deals" });
  });

  test("a deleted webhook leaves neither token nor secret", async ({ organization }) => {
    const webhook = await createWebhook(service, organization, oauth.apiUrl, clientCredentials());
    await deliver(organization);
    await service.graphql("mutation ($id: ID!) { deleteWebhookConfig(input: { id: $id }) { deletedId } }", {
      id: webhook.id,
    });
    expect(
      await service.sql("SELECT authentication, client_certificate FROM webhook_configs WHERE id = $1", [webhook.id]),
    ).toEqual([{ authentication: null, client_certificate: null }]);
    expect(await service.sql("SELECT 1 FROM oauth_tokens WHERE webhook_config_id = $1", [webhook.id])).toEqual([]);
  });

  test("until when the token lasts is shown", async ({ organization }) => {
    const webhook = await createWebhook(service, organization, oauth.apiUrl, clientCredentials());
    expect(await tokenEnd(webhook)).toBeNull();
    await deliver(organization);
    expect(await tokenEnd(webhook)).toBe(new Date(service.clock.now() + 3_600_000).toISOString());
  });
});

describe("a token endpoint that gives no token", () => {
  test.for<[string, string, (answer: OauthServer) => void]>([
    [
      "refuses the refresh token",
      "OAUTH_INVALID_GRANT",
      (server) =>
        server.answerTokens((response) =>
          answerJson(response, 400, { error: "invalid_grant", error_description: `no: ${CLIENT.clientSecret}` }),
        ),
    ],
    [
      "says so with 200, as Zoho does",
      "OAUTH_INVALID_GRANT",
      (server) => server.answerTokens((response) => answerJson(response, 200, { error: "invalid_code" })),
    ],
    ["is down", "OAUTH_UNAVAILABLE", (server) => server.answerTokens((response) => response.writeHead(503).end())],
    [
      "redirects",
      "OAUTH_REFUSED",
      (server) => server.answerTokens((response) => response.writeHead(302, { location: receiver.url }).end()),
    ],
    [
      "answers with something else",
      "OAUTH_INVALID_ANSWER",
      (server) => server.answerTokens((response) => response.writeHead(200).end("<html>")),
    ],
    [
      "answers without end",
      "OAUTH_INVALID_ANSWER",
      (server) =>
        server.answerTokens((response) => response.writeHead(200).end(`{"access_token":"${"x".repeat(100_000)}"}`)),
    ],
    [
      "gives a token that would break the request",
      "OAUTH_INVALID_ANSWER",
      (server) => server.answerTokens((response) => answerJson(response, 200, { access_token: "a\r\nX-Evil: 1" })),
    ],
    ["hangs up", "OAUTH_UNREACHABLE", (server) => server.answerTokens((response) => response.destroy())],
    ["does not answer", "OAUTH_TIMEOUT", (server) => server.answerTokens(() => {})],
  ])("that %s: attempts fail, are retried, and do not hammer it", async ([, errorCode, break_], { organization }) => {
    break_(oauth);
    await createWebhook(service, organization, receiver.url, { ...refreshing(), timeoutSeconds: 1 });
    const deliveries = await deliver(organization, 5);

    expect(deliveries.map((delivery) => [delivery.status, delivery.errorCode])).toEqual(
      deliveries.map(() => ["RETRYING", errorCode]),
    );
    expect(oauth.tokenRequests).toHaveLength(1);
    expect(receiver.requests).toHaveLength(0);
    expect(JSON.stringify(deliveries)).not.toContain(CLIENT.clientSecret);
  });

  test("whose address is not allowed any more is not asked", async ({ organization }) => {
    const webhook = await createWebhook(service, organization, receiver.url, clientCredentials());
    await service.sql(
      `UPDATE webhook_configs SET authentication = authentication || '{"tokenUrl":"http://169.254.169.254/token"}' WHERE id = $1`,
      [webhook.id],
    );
    await updateWebhook(service, webhook, { name: "Moved" });
    const [delivery] = await deliver(organization);
    expect(delivery).toMatchObject({ status: "RETRYING", errorCode: "OAUTH_BLOCKED" });
  });
});

test("two processes ask for one token", async ({ organization }) => {
  const other = await startTestService({ databaseUrl: service.databaseUrl, clock: service.clock });
  try {
    let answerNow = (): void => {};
    const asked = new Promise<void>((resolve) => {
      oauth.answerTokens((response) => {
        answerNow = () => answerJson(response, 200, { access_token: "shared", expires_in: 3600 });
        resolve();
      });
    });
    await createWebhook(service, organization, receiver.url, clientCredentials());
    await publish(service, organization);
    await asked;
    // The other process sees the webhook within a second.
    await eventually(
      () => publish(other, organization),
      ({ deliveryCount }) => deliveryCount === 1,
    );
    answerNow();
    await eventually(
      () => deliveriesOf(service, organization),
      (deliveries) => deliveries.length === 2 && deliveries.every(({ status }) => status === "SUCCESS"),
    );
    expect(receiver.requests.map(({ headers }) => headers["authorization"])).toEqual([
      "Bearer shared",
      "Bearer shared",
    ]);
    expect(oauth.tokenRequests).toHaveLength(1);
  } finally {
    await other.stop();
  }
});

async function tokenEnd({ id }: TestWebhook): Promise<string | null | undefined> {
  const { webhookConfig } = await service.graphql<{
    webhookConfig: { authentication: { tokenExpiresAt: string | null } };
  }>("query ($id: ID!) { webhookConfig(id: $id) { authentication { tokenExpiresAt } } }", { id });
  return webhookConfig.authentication.tokenExpiresAt;
}

/** No row of any table has the text. */
async function expectNowhere(text: string): Promise<void> {
  const tables = await service.sql<{ name: string }>(
    "SELECT format('%I', tablename) AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  expect(tables.length).toBeGreaterThan(10);
  for (const { name } of tables) {
    const found = await service.sql(`SELECT 1 FROM ${name} AS r WHERE strpos(r::text, $1) > 0 LIMIT 1`, [text]);
    expect(found, name).toEqual([]);
  }
}
