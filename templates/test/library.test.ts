import { describe, expect, test } from "vitest";
import { compileRequestTemplate, compileSuccessCondition } from "../src/index.ts";
import { WEBHOOK_TEMPLATES, type WebhookTemplate } from "../src/library/webhook-templates.ts";

const PAYLOAD = {
  event: "order.created",
  timestamp: "2024-01-02T10:30:00Z",
  organization_id: "7f1c2b84-5c1f-4d51-9d5c-0b8f4c0f9d11",
  data: {
    id: "0d3c9a52-1c1e-4f7e-8f0e-3a4b5c6d7e8f",
    order_number: "ORD-20240102-1234",
    items: [
      { menu_item_id: null, name: "Margherita Pizza", quantity: 2, price: 89.9, notes: "Extra peynir" },
      { menu_item_id: null, name: "Ayran", quantity: 1, price: 35, notes: null },
    ],
    total_amount: 179.8,
    status: "pending",
    customer_name: "Ahmet Yılmaz",
    customer_notes: null,
    table_id: null,
    created_at: "2024-01-02T10:30:00Z",
  },
  metadata: { table_number: "12", customer_name: "Ahmet Yılmaz", items_count: 3 },
};

function templateOf(id: string): WebhookTemplate {
  const template = WEBHOOK_TEMPLATES.find((known) => known.id === id);
  if (template === undefined) throw new Error(`There is no template ${id}.`);
  return template;
}

/** The template's request with every input's default or placeholder filled in. */
function requestOf({ request, inputs }: WebhookTemplate) {
  const filled = (text: string) =>
    inputs.reduce(
      (so, { key, defaultValue, placeholder }) => so.replaceAll(`<${key}>`, defaultValue ?? placeholder),
      text,
    );
  return {
    ...request,
    path: request.path && filled(request.path),
    body: request.body && filled(request.body),
    fields: null,
  };
}

function bodyOf(id: string, payload: object = PAYLOAD): unknown {
  const { body } = compileRequestTemplate(requestOf(templateOf(id))).render(payload as never);
  return JSON.parse(body);
}

describe("the library", () => {
  test("has every id once", () => {
    const ids = WEBHOOK_TEMPLATES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.for(WEBHOOK_TEMPLATES)("$id asks for at most three things that must be entered", ({ inputs }) => {
    expect(inputs.filter(({ isRequired }) => isRequired).length).toBeLessThanOrEqual(3);
  });

  test.for(WEBHOOK_TEMPLATES)(
    "$id: patterns are such that browsers take them, and fit examples and defaults",
    ({ inputs }) => {
      for (const { pattern, placeholder, defaultValue, options, key } of inputs) {
        for (const flag of ["u", "v"]) {
          const whole = new RegExp(`^(?:${pattern})$`, flag);
          for (const value of [placeholder, defaultValue ?? placeholder, ...(options ?? [])]) {
            expect(whole.test(value), `${key}: ${value}`).toBe(true);
          }
        }
      }
    },
  );

  test.for(WEBHOOK_TEMPLATES)("$id: what fits a pattern cannot change what surrounds it", ({ inputs }) => {
    for (const { pattern, placeholder, key } of inputs) {
      for (const hostile of ['"', "\\", "{{", "}}", "<", ">", "\n", "\r", "\0"]) {
        expect(new RegExp(`^(?:${pattern})$`, "u").test(placeholder + hostile), `${key}: ${hostile}`).toBe(false);
      }
    }
  });

  test.for(WEBHOOK_TEMPLATES)(
    "$id names no input that it does not ask for, and asks for none that it does not name",
    (template) => {
      const { inputs, url, request, authentication } = template;
      const texts = JSON.stringify([url, request.path, request.headers, request.body, authentication]);
      const named = new Set([...texts.matchAll(/<([A-Za-z0-9]+)>/g)].map(([, key]) => key));
      for (const tag of ["br", "b"]) named.delete(tag);
      expect([...named].toSorted()).toEqual(inputs.map(({ key }) => key).toSorted());
    },
  );

  test.for(WEBHOOK_TEMPLATES)("$id: request template and success condition compile", (template) => {
    compileRequestTemplate(requestOf(template));
    if (template.successCondition !== null) compileSuccessCondition(template.successCondition);
  });
});

describe("bodies", () => {
  test("Salesforce", () => {
    expect(bodyOf("salesforce")).toEqual({
      Name: "ORD-20240102-1234",
      Amount__c: 179.8,
      Status__c: "Pending",
      Customer_Name__c: "Ahmet Yılmaz",
    });
  });

  test("HubSpot: properties are strings, the amount has two decimals", () => {
    expect(bodyOf("hubspot")).toEqual({
      properties: { dealname: "ORD-20240102-1234", amount: "179.80", dealstage: "appointmentscheduled" },
    });
  });

  test("Zoho", () => {
    expect(bodyOf("zoho")).toEqual({
      data: [{ Deal_Name: "ORD-20240102-1234", Amount: 179.8, Stage: "Qualification" }],
    });
  });
});
