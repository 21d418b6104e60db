import { afterAll, beforeAll, describe, test } from "vitest";
import { createOrganization, createWebhook, publish, type TestOrganization } from "../support/fixtures.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { type GuideContext, guideSteps, runGuideStep } from "../support/run-guide.ts";
import { OPERATOR_KEY, startTestService, type TestService } from "../support/test-service.ts";

let service: TestService;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());

async function withOrder(organization: TestOrganization): Promise<Record<string, string>> {
  const { id } = await createWebhook(service, organization, receiver.url);
  await publish(service, organization);
  return { WEBHOOK_ID: id };
}

/** What must be there before the first step of a guide; answers what the reader knows of it. */
const PREPARATIONS: Readonly<Record<string, (organization: TestOrganization) => Promise<Record<string, string>>>> = {
  "graphql.md": async () => ({}),
  "filters.md": withOrder,
  "request-templates.md": withOrder,
  "receiver-authentication.md": withOrder,
  async "idempotency.md"(organization) {
    await createWebhook(service, organization, receiver.url);
    return {};
  },
  async "replay.md"(organization) {
    receiver.respond(500);
    const { id } = await createWebhook(service, organization, receiver.url, { retryEnabled: false });
    await publish(service, organization);
    return { WEBHOOK_ID: id };
  },
  async "webhook-templates.md"({ id }) {
    const { testReceiver } = await service.graphql<{ testReceiver: { url: string } }>(
      "query ($id: ID!) { testReceiver(organizationId: $id) { url } }",
      { id },
    );
    return { RECEIVER_URL: testReceiver.url };
  },
};

for (const [file, prepare] of Object.entries(PREPARATIONS)) {
  // The steps share what the reader's shell would: they run in order, each with what the ones before it answered.
  describe(file, () => {
    let context: GuideContext;
    beforeAll(async () => {
      service = await startTestService();
      const organization = await createOrganization(service);
      const values = {
        VERA_QR_URL: service.origin,
        VERA_QR_API_KEY: OPERATOR_KEY,
        RECEIVER_URL: receiver.url,
        ORGANIZATION_ID: organization.id,
        ...(await prepare(organization)),
      };
      context = { values, provoke: () => publish(service, organization) };
    });
    afterAll(() => service.stop());

    for (const step of guideSteps(file)) test(step.name, () => runGuideStep(step, context));
  });
}
