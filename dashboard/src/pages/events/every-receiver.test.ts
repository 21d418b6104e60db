import { expect, test } from "vitest";
import { everyReceiver } from "./every-receiver.ts";

const crm = { id: "1", name: "CRM" };
const kitchen = { id: "2", name: "Kitchen" };
const deleted = { id: "3", name: "Old CRM" };

test("every webhook is listed, also one that got nothing and one that was deleted", () => {
  const toCrm = { webhookConfig: crm };
  const toDeleted = { webhookConfig: deleted };
  expect(everyReceiver([crm, kitchen], [toDeleted, toCrm])).toEqual([
    { webhook: crm, delivery: toCrm },
    { webhook: kitchen, delivery: null },
    { webhook: deleted, delivery: toDeleted },
  ]);
});
