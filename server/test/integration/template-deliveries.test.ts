import { WEBHOOK_TEMPLATES } from "@vera-qr/templates/library";
import { describe, expect } from "vitest";
import { DIFFICULT_ORDERS } from "../support/difficult-orders.ts";
import { deliveriesOf, eventually } from "../support/fixtures.ts";
import { publishOrder } from "../support/order-publishing.ts";
import { createFromTemplate } from "../support/template-webhooks.ts";
import { organization, receiver, service, test } from "../support/test.ts";

const ORDERS = Object.values(DIFFICULT_ORDERS);

interface Received {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly signatureVerdict: string;
  readonly respondedStatus: number;
}

/** What came to the imitation's own URLs, not to its token endpoint; newest first. */
async function received(): Promise<readonly Received[]> {
  const { testReceiver } = await service.graphql<{ testReceiver: { requests: readonly Received[] } }>(
    "query ($id: ID!) { testReceiver(organizationId: $id) { requests(first: 100) { method path body signatureVerdict respondedStatus } } }",
    { id: organization.id },
  );
  return testReceiver.requests.filter(({ path }) => !path.endsWith("/token"));
}

async function settled() {
  return eventually(
    () => deliveriesOf(service, organization),
    (deliveries) => deliveries.length > 0 && deliveries.every(({ status }) => status !== "PENDING"),
  );
}

describe.for(WEBHOOK_TEMPLATES)("$id", ({ id, request }) => {
  test("made for its imitation, it delivers whatever guests and menus say, and the imitation takes it", async () => {
    const { errors } = await createFromTemplate(service, organization, { id, imitation: true });
    expect(errors).toEqual([]);
    for (const order of ORDERS)
      expect(await publishOrder(service, organization, order)).toMatchObject({ delivery_count: 1 });

    const deliveries = await settled();
    expect(deliveries.map(({ status, errorMessage }) => errorMessage ?? status)).toEqual(ORDERS.map(() => "SUCCESS"));
    expect(deliveries.every(({ attempts }) => attempts.length === 1)).toBe(true);
    const requests = await received();
    expect(requests).toHaveLength(ORDERS.length);
    for (const { method, path, signatureVerdict } of requests) {
      expect(method).toBe(request.method);
      expect(path.startsWith(`/imitations/${id}/`)).toBe(true);
      expect(signatureVerdict).toBe("VALID");
    }
  });
});

describe("an answer that the template does not take for a success", () => {
  async function outcomeOf(status: number, body: string, id: string) {
    receiver.respond(status, { body });
    const beside = { url: receiver.url, retryEnabled: false, authentication: { none: true } };
    const { errors } = await createFromTemplate(service, organization, { id, imitation: true }, beside);
    expect(errors).toEqual([]);
    await publishOrder(service, organization);
    return refusal();
  }

  /** What the only delivery failed of, and what the receiver said. */
  async function refusal() {
    const [delivery] = await settled();
    const [attempt] = await service.sql<{ response_body: string }>(
      "SELECT response_body FROM delivery_attempts WHERE organization_id = $1",
      [organization.id],
    );
    return { status: delivery?.status, errorCode: delivery?.errorCode, responseBody: attempt?.response_body };
  }

  test.for([
    ["slack", 200, "no_service"],
    [
      "zoho",
      202,
      '{"data":[{"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Stage"},"message":"required field not found","status":"error"}]}',
    ],
    ["zoho", 207, '{"data":[{"code":"SUCCESS","status":"success"},{"code":"INVALID_DATA","status":"error"}]}'],
    ["odoo", 200, '{"jsonrpc":"2.0","id":1,"error":{"code":200,"message":"Odoo Server Error"}}'],
    ["pipedrive", 200, '{"success":false,"error":"Validation failed"}'],
  ] as const)("%s: %d %s is a failed delivery, which says why", async ([id, status, body]) => {
    expect(await outcomeOf(status, body, id)).toEqual({
      status: "FAILED",
      errorCode: "SUCCESS_CONDITION_FALSE",
      responseBody: body,
    });
  });

  test("what an imitation refuses, fails with the vendor's words", async () => {
    const inputs = { stage: "Pending" };
    await createFromTemplate(service, organization, { id: "zoho", imitation: true, inputs }, { retryEnabled: false });
    await publishOrder(service, organization);

    expect(await refusal()).toEqual({
      status: "FAILED",
      errorCode: "SUCCESS_CONDITION_FALSE",
      responseBody: expect.stringContaining("INVALID_DATA"),
    });
  });
});
