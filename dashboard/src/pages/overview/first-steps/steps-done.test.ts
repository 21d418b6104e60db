import { expect, test } from "vitest";
import type { FirstStepsDeliveryFragment } from "../../../graphql/generated/graphql.ts";
import { stepsDone } from "./steps-done.ts";

const none = { edges: [] };
const nothing = { webhookConfigs: none, orderEvents: none, accepted: none, latest: none };
const one = { edges: [{ node: { id: "1" } }] };

test("nothing is done in an organization in which nothing happened", () => {
  expect(stepsDone(nothing)).toEqual({ hasWebhook: false, hasOrder: false, accepted: null, latest: null });
});

test("each step is done by what is on record", () => {
  expect(stepsDone({ ...nothing, webhookConfigs: one })).toMatchObject({ hasWebhook: true, hasOrder: false });
  expect(stepsDone({ ...nothing, orderEvents: one })).toMatchObject({ hasWebhook: false, hasOrder: true });
});

test("a delivery that is refused leaves the last step open, one that is accepted ends it", () => {
  const refused = aDelivery("RETRYING", 500);
  const waiting = { webhookConfigs: one, orderEvents: one, accepted: none, latest: { edges: [{ node: refused }] } };
  expect(stepsDone(waiting)).toEqual({ hasWebhook: true, hasOrder: true, accepted: null, latest: refused });
  const accepted = aDelivery("SUCCESS", 200);
  expect(stepsDone({ ...waiting, accepted: { edges: [{ node: accepted }] } }).accepted).toEqual(accepted);
});

function aDelivery(status: FirstStepsDeliveryFragment["status"], responseStatus: number): FirstStepsDeliveryFragment {
  const outcome = responseStatus === 200 ? "DELIVERED" : "REJECTED";
  const errorCode = outcome === "DELIVERED" ? null : `HTTP_${responseStatus}`;
  return { __typename: "Delivery", id: "1", status, outcome, responseStatus, responseTimeMs: 12, errorCode };
}
