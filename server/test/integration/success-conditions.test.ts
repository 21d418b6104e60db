import { expect } from "vitest";
import { type DeliveryState, deliveriesOf, eventually, publish } from "../support/fixtures.ts";
import { organization, receiver, service, webhookTest as test, webhook } from "../support/test.ts";
import { readWebhook, updateWebhook } from "../support/webhook-actions.ts";

test.override("webhookInput", { retryEnabled: false });

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What becomes of a delivery whose receiver answers so. */
async function outcomeOf(successCondition: string, { status, body }: Answer): Promise<DeliveryState> {
  await updateWebhook(service, webhook, { successCondition });
  receiver.respond(status, { body });
  await publish(service, organization);
  const [newest] = await eventually(
    () => deliveriesOf(service, organization),
    ([first]) => first !== undefined && first.status !== "PENDING",
  );
  return newest as DeliveryState;
}

const SLACK = 'status == 200 && text == "ok"';
const ZOHO = 'status in [200, 201] && body.data.all(record, record.code == "SUCCESS")';

test.for<readonly [name: string, condition: string, answer: Answer, expected: Partial<DeliveryState>]>([
  ["Slack's ok", SLACK, { status: 200, body: "ok" }, { status: "SUCCESS", errorCode: null, errorMessage: null }],
  [
    "Slack's 200 that is none",
    SLACK,
    { status: 200, body: "invalid_payload" },
    {
      status: "FAILED",
      errorCode: "SUCCESS_CONDITION_FALSE",
      errorMessage: "The receiver answered 200, but by the webhook's success condition that is no success.",
    },
  ],
  [
    "Zoho's records that are stored",
    ZOHO,
    { status: 201, body: '{"data":[{"code":"SUCCESS"},{"code":"SUCCESS"}]}' },
    { status: "SUCCESS" },
  ],
  [
    "a record that Zoho refuses",
    ZOHO,
    { status: 201, body: '{"data":[{"code":"SUCCESS"},{"code":"MANDATORY_NOT_FOUND"}]}' },
    { status: "FAILED", errorCode: "SUCCESS_CONDITION_FALSE" },
  ],
  ["a conflict that is fine", "status == 409", { status: 409, body: "" }, { status: "SUCCESS", errorCode: null }],
  ["an error that is one anyway", SLACK, { status: 500, body: "ok" }, { status: "FAILED", errorCode: "HTTP_500" }],
  [
    "an answer that is no JSON",
    "body.data.size() > 0",
    { status: 200, body: "<html>" },
    {
      status: "FAILED",
      errorCode: "SUCCESS_CONDITION_FAILED",
      errorMessage: expect.stringMatching(
        /^The receiver answered 200\. Success condition, line 1, column \d+: /,
      ) as unknown as string,
    },
  ],
])("%s", async ([, condition, answer, expected]) => {
  expect(await outcomeOf(condition, answer)).toMatchObject(expected);
});

test("410 is final whatever the condition says", async () => {
  expect(await outcomeOf("true", { status: 410, body: "" })).toMatchObject({ status: "FAILED", errorCode: "HTTP_410" });
  await eventually(
    () => readWebhook(service, webhook),
    ({ isActive, disabledReason }) => !isActive && disabledReason === "gone",
  );
});

test("an answer that is no success is retried like any other failure", async () => {
  await updateWebhook(service, webhook, { retryEnabled: true });
  const delivery = await outcomeOf(SLACK, { status: 200, body: "no_service" });
  expect(delivery).toMatchObject({ status: "RETRYING", attempts: [{ outcome: "REJECTED" }] });
  receiver.respond(200, { body: "ok" });
  service.clock.advanceBy(61_000);
  await eventually(
    () => deliveriesOf(service, organization),
    ([only]) => only?.status === "SUCCESS",
  );
});
