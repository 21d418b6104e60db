import { afterAll, afterEach, beforeAll, test } from "vitest";
import { createOrganization, eventually } from "../support/fixtures.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { guideSteps, runGuideStep } from "../support/run-guide.ts";
import { createRunningClock } from "../support/test-clock.ts";
import { OPERATOR_KEY, startTestService, type TestService } from "../support/test-service.ts";

const CRON_SECRET = "cron-secret-0123456789";

// The steps share what the reader's shell would: they run in order, each with what the ones before it answered.
const values: Record<string, string> = {};
let service: TestService;
let receiver: Receiver;
beforeAll(async () => {
  service = await startTestService({ clock: createRunningClock(), env: { CRON_SECRET } });
  receiver = await startReceiver();
  const organization = await createOrganization(service);
  Object.assign(values, {
    VERA_QR_URL: service.origin,
    VERA_QR_API_KEY: OPERATOR_KEY,
    ORGANIZATION_ID: organization.id,
    RECEIVER_URL: receiver.url,
    CRON_SECRET,
  });
});
afterAll(async () => {
  await receiver.close();
  await service.stop();
});
// The reader takes longer than a delivery.
afterEach(async () => {
  await eventually(
    () => service.sql("SELECT FROM delivery_queue"),
    (queue) => queue.length === 0,
  );
});

for (const step of guideSteps("rest.md")) {
  test(step.name, () => runGuideStep(step, { values, provoke: async () => {} }));
}
