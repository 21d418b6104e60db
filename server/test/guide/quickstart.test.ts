import { guideSteps, runGuideStep } from "../support/run-guide.ts";
import { receiver, service, sharedTest as test } from "../support/test.ts";
import { OPERATOR_KEY } from "../support/test-service.ts";

// The steps share what the reader's shell would: they run in order, each with what the ones before it answered.
const values: Record<string, string> = {};
test.beforeAll(() => {
  Object.assign(values, { VERA_QR_URL: service.origin, VERA_QR_API_KEY: OPERATOR_KEY, RECEIVER_URL: receiver.url });
});

for (const step of guideSteps("quickstart.md")) {
  test(step.name, () => runGuideStep(step, { values, provoke: async () => {} }));
}
