import { expect, test } from "vitest";
import { webhookFilterOf } from "./webhook-filter.ts";

test("an address without filters asks for all webhooks", () => {
  expect(webhookFilterOf({})).toBeNull();
});

test("filters of the address are those of the API", () => {
  expect(webhookFilterOf({ name: "mutfak", state: "off", event: "ORDER_CANCELLED" })).toEqual({
    name: "mutfak",
    isActive: false,
    eventType: ["ORDER_CANCELLED"],
  });
  expect(webhookFilterOf({ state: "on" })).toEqual({ isActive: true });
});
