import { WEBHOOK_TEMPLATES } from "@vera-qr/templates/library";
import { describe, expect, test } from "vitest";
import { DIFFICULT_ORDERS } from "../support/difficult-orders.ts";
import { answerOf, isSuccess, payloadWith, templateRequest } from "../support/template-request.ts";

const IDS = WEBHOOK_TEMPLATES.map(({ id }) => id);
const HOSTILE = payloadWith(DIFFICULT_ORDERS["mentions and markup"], { table_number: "<!channel> @everyone **1**" });

describe.for(Object.entries(DIFFICULT_ORDERS))("an order with %s", ([, order]) => {
  test.for(IDS)("is taken by what %s imitates", (id) => {
    const answer = answerOf(id, templateRequest(id, payloadWith(order)));
    expect(isSuccess(id, answer), `${answer.status} ${answer.body}`).toBe(true);
  });
});

test.for(IDS)("an order of every type of event is taken by what %s imitates, a test too", (id) => {
  for (const event of ["order.created", "order.updated", "order.completed", "order.cancelled", "webhook.test"]) {
    const answer = answerOf(id, templateRequest(id, { ...payloadWith(), event }));
    expect(isSuccess(id, answer), `${event}: ${answer.status} ${answer.body}`).toBe(true);
  }
});

test.for(IDS)("an order without a table number, or with a number for it, is taken by what %s imitates", (id) => {
  for (const table_number of [null, undefined, 12, 4.5, ""]) {
    const answer = answerOf(id, templateRequest(id, payloadWith({}, { table_number })));
    expect(isSuccess(id, answer), `${table_number}: ${answer.status} ${answer.body}`).toBe(true);
  }
});

describe("what guests write reaches nobody and formats nothing", () => {
  test("in Slack: nothing is a mention, a link or an entity", () => {
    const { text } = JSON.parse(templateRequest("slack", HOSTILE).body) as { text: string };
    expect(text).not.toMatch(/[<>]/);
    expect(text.replace(/&(?:amp|lt|gt);/g, "")).not.toContain("&");
  });

  test("in Discord: mentions are switched off, and every sign of Markdown is escaped", () => {
    const message = JSON.parse(templateRequest("discord", HOSTILE).body) as {
      content: string;
      allowed_mentions: object;
    };
    expect(message.allowed_mentions).toEqual({ parse: [] });
    // The two bold parts are the template's own.
    const [, , guests = "", , ...more] = message.content.split("**");
    expect(more).toEqual([""]);
    expect(guests.replace(/\\[^\w\s]/g, "")).not.toMatch(/[*_~`|<>[\]@#]/);
  });

  test("in Teams: every sign of Markdown is escaped, and nobody is named as an entity to mention", () => {
    const { body } = templateRequest("teams", HOSTILE);
    const { attachments } = JSON.parse(body) as { attachments: [{ content: { body: { text: string }[] } }] };
    for (const { text } of attachments[0].content.body) {
      expect(text.replace(/\\[^\w\s]/g, "")).not.toMatch(/[*_~`|<>[\]@#]/);
    }
    expect(body).not.toContain("msteams");
  });

  test("in Google Chat: it is a card, which mentions nobody, and its HTML is escaped", () => {
    const message = JSON.parse(templateRequest("google-chat", HOSTILE).body);
    expect(message.text).toBeUndefined();
    const [{ card }] = message.cardsV2;
    const [{ textParagraph }] = card.sections[0].widgets;
    expect(textParagraph.text.replaceAll("<br>", "")).not.toMatch(/[<>]/);
  });
});

describe("what guests write arrives as they wrote it", () => {
  const order = DIFFICULT_ORDERS["quotes, backslashes and line breaks"] as { customer_name: string };
  const name = order.customer_name;
  const bodyOf = (id: string) => JSON.parse(templateRequest(id, payloadWith(order)).body);

  test("in CRMs and ERPs", () => {
    expect(bodyOf("salesforce").Customer_Name__c).toBe(name);
    expect(bodyOf("salesforce-upsert").Customer_Name__c).toBe(name);
    expect(bodyOf("odoo").params.args[5][0].contact_name).toBe(name);
    expect(bodyOf("odoo-json2").vals_list[0].contact_name).toBe(name);
  });

  test("in chats, when their escapes are undone", () => {
    const unescaped = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    expect(unescaped(bodyOf("slack").text)).toContain(name);
    expect(bodyOf("discord").content.replace(/\\([^\w\s])/g, "$1")).toContain(name);
    expect(bodyOf("teams").attachments[0].content.body[0].text.replace(/\\([^\w\s])/g, "$1")).toContain(name);
    expect(bodyOf("google-chat").cardsV2[0].card.header.subtitle).toContain(name);
  });

  test.for(["zapier", "make", "n8n", "custom"])("in %s, with the payload as it is", (id) => {
    expect(JSON.parse(templateRequest(id, payloadWith(order)).body)).toEqual(payloadWith(order));
  });
});

test("amounts are numbers where numbers are asked, and text with two decimals where text is", () => {
  expect(templateRequest("salesforce").body).toContain('"Amount__c":179.8');
  expect(templateRequest("zoho").body).toContain('"Amount":179.8');
  expect(templateRequest("pipedrive").body).toContain('"value":179.8');
  expect(templateRequest("odoo-json2").body).toContain('"expected_revenue":179.8');
  expect(templateRequest("hubspot").body).toContain('"amount":"179.80"');
});

test("an order number of any characters is one segment of Salesforce's path, and leads to the same record", () => {
  const records = new Map<string, string>();
  for (const order_number of ["ORD/12 34?x=1#y", "Şube 1 · № 7", "100%", "..1", "😀"]) {
    const request = templateRequest("salesforce-upsert", payloadWith({ order_number }));
    expect(request.path.split("/")).toHaveLength(8);
    const first = JSON.parse(answerOf("salesforce-upsert", request, records).body);
    const second = JSON.parse(answerOf("salesforce-upsert", request, records).body);
    expect(first).toMatchObject({ created: true });
    expect(second).toMatchObject({ created: false, id: first.id });
  }
});
