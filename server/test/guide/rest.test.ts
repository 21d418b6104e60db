import { eventually } from "../support/fixtures.ts";
import { guideSteps, runGuideStep } from "../support/run-guide.ts";
import { organization, receiver, service, sharedTest as test } from "../support/test.ts";
import { createRunningClock } from "../support/test-clock.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";

const CRON_SECRET = "cron-secret-0123456789";

// The steps share what the reader's shell would: they run in order, each with what the ones before it answered.
const values: Record<string, string> = {};
test.override("serviceOptions", { clock: createRunningClock(), env: { CRON_SECRET } });
test.beforeAll(() => {
  Object.assign(values, {
    VERA_QR_URL: service.origin,
    VERA_QR_API_KEY: OPERATOR_KEY,
    ORGANIZATION_ID: organization.id,
    RECEIVER_URL: receiver.url,
    CRON_SECRET,
  });
});
// The reader takes longer than a delivery.
test.afterEach(async () => {
  await eventually(
    () => service.sql("SELECT FROM delivery_queue"),
    (queue) => queue.length === 0,
  );
});

for (const step of guideSteps("rest.md")) {
  test(step.name, () => runGuideStep(step, { values, provoke: async () => {} }));
}
