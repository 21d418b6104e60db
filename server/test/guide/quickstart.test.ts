import { afterAll, beforeAll, test } from "vitest";
import { createOrganization } from "../support/fixtures.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { guideSteps, runGuideStep } from "../support/run-guide.ts";
import { OPERATOR_KEY, startTestService, type TestService } from "../support/test-service.ts";

// The steps share what the reader's shell would: they run in order, each with what the ones before it answered.
const values: Record<string, string> = {};
let service: TestService;
let receiver: Receiver;
beforeAll(async () => {
  service = await startTestService();
  receiver = await startReceiver();
  await createOrganization(service);
  Object.assign(values, { VERA_QR_URL: service.origin, VERA_QR_API_KEY: OPERATOR_KEY, RECEIVER_URL: receiver.url });
});
afterAll(async () => {
  await receiver.close();
  await service.stop();
});

for (const step of guideSteps("quickstart.md")) {
  test(step.name, () => runGuideStep(step, { values, provoke: async () => {} }));
}
