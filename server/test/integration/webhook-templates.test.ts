import { WEBHOOK_TEMPLATES } from "@vera-qr/templates/library";
import { describe, expect } from "vitest";
import { createOrganization } from "../support/fixtures.ts";
import { restRequest } from "../support/rest-request.ts";
import { createFromTemplate } from "../support/template-webhooks.ts";
import { organization, service, test } from "../support/test.ts";

const create = (template: Readonly<Record<string, unknown>>, beside?: Readonly<Record<string, unknown>>) =>
  createFromTemplate(service, organization, template, beside);

const SALESFORCE = {
  instance: "acme.my",
  clientId: "3MVG9.client",
  clientSecret: "the consumer's secret".replaceAll(" ", "-"),
};

async function receiverUrl(): Promise<string> {
  const { testReceiver } = await service.graphql<{ testReceiver: { url: string } }>(
    "query ($id: ID!) { testReceiver(organizationId: $id) { url } }",
    { id: organization.id },
  );
  return testReceiver.url;
}

test("the library is the same by GraphQL and REST", async () => {
  const { webhookTemplates } = await service.graphql<{ webhookTemplates: { id: string }[] }>(
    `{ webhookTemplates { id name category description inputs { key label description placeholder pattern isSecret isRequired options defaultValue }
         url method path headers body successCondition authenticationType events documentationUrl preparation } }`,
  );
  const rest = await restRequest<{ templates: { id: string }[] }>(service, "GET", "/api/webhook-templates");
  const { templates } = rest.body;

  expect(webhookTemplates.map(({ id }) => id)).toEqual(WEBHOOK_TEMPLATES.map(({ id }) => id));
  expect(templates.map(({ id }) => id)).toEqual(WEBHOOK_TEMPLATES.map(({ id }) => id));
  expect(webhookTemplates[0]).toMatchObject({
    id: "salesforce",
    category: "CRM",
    method: "POST",
    authenticationType: "OAUTH2_CLIENT_CREDENTIALS",
    events: ["ORDER_CREATED"],
  });
  expect(templates[0]).toMatchObject({
    id: "salesforce",
    category: "crm",
    method: "POST",
    authentication_type: "oauth2_client_credentials",
    events: ["order.created"],
    body: WEBHOOK_TEMPLATES[0]?.request.body,
  });
});

describe("creating from a template", () => {
  test("takes name, URL and events from it, and remembers it", async () => {
    expect(await create({ id: "salesforce", inputs: SALESFORCE })).toEqual({
      webhookConfig: {
        id: expect.any(String),
        name: "Salesforce",
        url: "https://acme.my.salesforce.com/services/data/v58.0/sobjects/Order__c/",
        events: ["ORDER_CREATED"],
        templateId: "salesforce",
      },
      errors: [],
    });
  });

  test("what is given beside it wins", async () => {
    const beside = { name: "Muhasebe", events: ["ORDER_COMPLETED"], url: "https://other.example.com/orders" };
    expect((await create({ id: "salesforce", inputs: SALESFORCE }, beside)).webhookConfig).toMatchObject({
      ...beside,
      templateId: "salesforce",
    });
  });

  test("a webhook without a template has none", async () => {
    const { createWebhookConfig } = await service.graphql<{ createWebhookConfig: { webhookConfig: object } }>(
      "mutation ($input: CreateWebhookConfigInput!) { createWebhookConfig(input: $input) { webhookConfig { templateId } } }",
      {
        input: {
          organizationId: organization.id,
          name: "ERP",
          url: "https://erp.example.com",
          events: ["ORDER_CREATED"],
        },
      },
    );
    expect(createWebhookConfig.webhookConfig).toEqual({ templateId: null });
  });

  test("blanks around what is entered are dropped, and blank is like not entered", async () => {
    const inputs = { url: " https://hook.eu2.make.com/abcdefghij \n", apiKey: "  " };
    expect((await create({ id: "make", inputs })).webhookConfig?.url).toBe("https://hook.eu2.make.com/abcdefghij");
  });

  test("by REST it is the same", async () => {
    const { status, body } = await restRequest(service, "POST", "/api/webhooks", {
      body: { organization_id: organization.id, template: { id: "salesforce", inputs: SALESFORCE } },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ webhook: { name: "Salesforce", events: ["order.created"] } });
  });

  test("no secret that was entered is stored as it is", async () => {
    for (const [id, inputs] of Object.entries({
      salesforce: SALESFORCE,
      odoo: { host: "acme.odoo.com", database: "acme", apiKey: SALESFORCE.clientSecret },
      pipedrive: { company: "acme", apiToken: SALESFORCE.clientSecret },
    })) {
      expect((await create({ id, inputs })).errors).toEqual([]);
    }
    for (const table of ["webhook_configs", "request_template_revisions", "audit_log"]) {
      const [row] = await service.sql<{ found: number }>(
        `SELECT count(*)::int AS found FROM ${table} AS stored WHERE stored::text LIKE '%' || $1 || '%'`,
        [SALESFORCE.clientSecret],
      );
      expect(row?.found, table).toBe(0);
    }
  });
});

describe("creating for an imitation", () => {
  test.for(WEBHOOK_TEMPLATES.map(({ id }) => id))(
    "%s needs nothing to be entered, and points at the receiver",
    async (id) => {
      const { webhookConfig, errors } = await create({ id, imitation: true });
      expect(errors).toEqual([]);
      expect(webhookConfig?.url.startsWith(`${await receiverUrl()}/imitations/${id}/`)).toBe(true);
    },
  );

  test("the receiver knows the webhook as one that points to it", async () => {
    await create({ id: "slack", imitation: true });
    const { testReceiver } = await service.graphql<{ testReceiver: { webhookConfigs: object[] } }>(
      "query ($id: ID!) { testReceiver(organizationId: $id) { webhookConfigs { name } } }",
      { id: organization.id },
    );
    expect(testReceiver.webhookConfigs).toEqual([{ name: "Slack" }]);
  });
});

describe("what is wrong is said of the input", () => {
  test.for([
    [{ id: "salesfarce" }, "template.id", "NOT_ALLOWED"],
    [{ id: "salesforce" }, "template.inputs.instance", "REQUIRED"],
    [{ id: "salesforce", inputs: { ...SALESFORCE, instance: " " } }, "template.inputs.instance", "REQUIRED"],
    [
      { id: "salesforce", inputs: { ...SALESFORCE, instance: "https://acme.my.salesforce.com" } },
      "template.inputs.instance",
      "INVALID_FORMAT",
    ],
    [
      { id: "salesforce", inputs: { ...SALESFORCE, instance: "evil.example/" } },
      "template.inputs.instance",
      "INVALID_FORMAT",
    ],
    [{ id: "salesforce", inputs: { ...SALESFORCE, instance: 7 } }, "template.inputs.instance", "WRONG_TYPE"],
    [
      { id: "salesforce", inputs: { ...SALESFORCE, clientSecret: "two words" } },
      "template.inputs.clientSecret",
      "INVALID_FORMAT",
    ],
    [{ id: "salesforce", inputs: { ...SALESFORCE, password: "x" } }, "template.inputs.password", "UNKNOWN_FIELD"],
    [{ id: "zoho", imitation: true, inputs: { dataCentre: "moon" } }, "template.inputs.dataCentre", "NOT_ALLOWED"],
    [{ id: "odoo", imitation: true, inputs: { userId: "{{ 1 }}" } }, "template.inputs.userId", "INVALID_FORMAT"],
    [
      { id: "odoo-json2", inputs: { host: "169.254.169.254", database: "acme", apiKey: "key" } },
      "template.inputs.host",
      "ADDRESS_NOT_ALLOWED",
    ],
    [{ id: "custom", inputs: { url: "https://crm.example.com:22/" } }, "template.inputs.url", "PORT_NOT_ALLOWED"],
  ] as const)("%j", async ([template, field, reason]) => {
    const { webhookConfig, errors } = await create(template);
    expect(webhookConfig).toBeNull();
    expect(errors).toContainEqual(expect.objectContaining({ code: "INVALID_INPUT", field, reason }));
    expect(JSON.stringify(errors)).not.toContain(SALESFORCE.clientSecret);
  });

  test("of what is given beside the template, it is said of that", async () => {
    const { errors } = await create({ id: "slack", imitation: true }, { url: "ftp://example.com", events: [] });
    expect(errors.map(({ field }) => field)).toEqual(["events"]);
    const second = await create({ id: "slack", imitation: true }, { url: "ftp://example.com" });
    expect(second.errors.map(({ field }) => field)).toEqual(["url"]);
  });

  test("all inputs that are wrong are named at once", async () => {
    const { errors } = await create({ id: "salesforce" });
    expect(errors.map(({ field }) => field)).toEqual(
      ["instance", "clientId", "clientSecret"].map((key) => `template.inputs.${key}`),
    );
  });

  test("by REST it has the same names", async () => {
    const { status, body } = await restRequest(service, "POST", "/api/webhooks", {
      body: { organization_id: organization.id, template: { id: "hubspot", inputs: {} } },
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field: "template.inputs.accessToken", reason: "REQUIRED" }] });
  });

  test("of an organization that there is not, no imitation is made", async () => {
    const missing = { id: "0191d1a0-0000-7000-8000-00000000dead" };
    const { errors } = await createFromTemplate(service, missing, { id: "slack", imitation: true });
    expect(errors).toMatchObject([{ code: "NOT_FOUND", field: "organizationId" }]);
  });

  test("each organization's webhooks point at its own receiver", async () => {
    const other = await createOrganization(service, "Other");
    const first = await create({ id: "slack", imitation: true });
    const second = await createFromTemplate(service, other, { id: "slack", imitation: true });
    expect(first.webhookConfig?.url).not.toBe(second.webhookConfig?.url);
  });
});
