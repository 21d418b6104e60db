import { expect, test } from "vitest";
import { compileRequestTemplate, type RequestTemplate, TemplateError } from "../src/index.ts";
import { aPayload } from "./a-payload.ts";

function template(overrides: Partial<RequestTemplate>): RequestTemplate {
  return { method: "POST", path: null, headers: {}, body: null, fields: null, ...overrides };
}

function render(overrides: Partial<RequestTemplate>, payload = aPayload()) {
  return compileRequestTemplate(template(overrides)).render(payload);
}

function problemsOf(overrides: Partial<RequestTemplate>, payload = aPayload()) {
  try {
    render(overrides, payload);
  } catch (error) {
    if (error instanceof TemplateError) return error.problems;
    throw error;
  }
  throw new Error("Nothing is wrong.");
}

test("the Salesforce body arrives with values of their own types", () => {
  const body = `{
    "Name": "{{ data.order_number }}",
    "Amount__c": "{{ data.total_amount }}",
    "Amount_Text": "{{ fixed(data.total_amount, 2) }}",
    "Status__c": "Pending",
    "Customer_Name__c": "{{ data.customer_name }}",
    "Note": "Table {{ metadata.table_number }}: {{ data.missing }}",
    "Missing": "{{ data.missing.deeper }}"
  }`;
  expect(render({ body }).body).toBe(
    '{"Name":"ORD-20240102-1234","Amount__c":179.8,"Amount_Text":"179.80","Status__c":"Pending","Customer_Name__c":"Ahmet Yılmaz","Note":"Table 12: ","Missing":null}',
  );
});

test("quotes of an expression may be escaped as JSON wants them, and problems point into the text as written", () => {
  const body =
    '{\n  "a": "{{ data.items.map(i, i.name).join(\\", \\") }}",\n  "b": "{{ data.total_amount + \\"x\\" }} {{ nope }}"\n}';
  const problems = problemsOf({ body });
  expect(problems.map(({ code, line, column, from, to }) => [code, line, column, body.slice(from, to)])).toEqual([
    ["UNKNOWN_NAME", 3, 44, "nope"],
  ]);
});

test("fields keep the payload's order and its lists", () => {
  expect(render({ fields: ["data.items.quantity", "data.items.name", "event", "data.total_amount"] }).body).toBe(
    '{"event":"order.created","data":{"items":[{"name":"Margherita Pizza","quantity":2}],"total_amount":179.8}}',
  );
});

test("values in a path are encoded and can never leave it", () => {
  const path = "/orders/{{ data.order_number }}/{{ data.customer_name }}?table={{ metadata.table_number }}";
  expect(render({ path }).path).toBe("/orders/ORD-20240102-1234/Ahmet%20Y%C4%B1lmaz?table=12");
  expect(problemsOf({ path: "/a/{{ data.x }}/b" }, aPayload({ x: ".." }))[0]?.code).toBe("NOT_ALLOWED");
  for (const refused of ["//evil.example/", "orders", "/a/../b", "/a#b", "/a\\b", "/a@b", "/a b"]) {
    expect(problemsOf({ path: refused })[0]).toMatchObject({ place: "path", code: "NOT_ALLOWED" });
  }
});

test("header values are rendered, and nothing can break out of them", () => {
  expect(render({ headers: { "X-Order": "no {{ data.order_number }}" } }).headers).toEqual([
    ["X-Order", "no ORD-20240102-1234"],
  ]);
  const headers = { "X-Order": "{{ data.x }}" };
  expect(problemsOf({ headers }, aPayload({ x: "a\r\nHost: evil" }))[0]?.code).toBe("EVALUATION");
});

test("the credential renders to its marker in the body, and no value of an event can be one", () => {
  expect(render({ body: '{"key":"{{ credential }}"}' }).body).toBe('{"key":"__VERA_QR_CREDENTIAL__"}');
  const body = '{"key":"{{ credential }}","name":"{{ data.customer_name }}"}';
  expect(problemsOf({ body }, aPayload({ customer_name: "__VERA_QR_CREDENTIAL__" }))[0]?.code).toBe("NOT_ALLOWED");
  expect(problemsOf({ headers: { "X-Key": "{{ credential }}" } })[0]?.code).toBe("NOT_ALLOWED");
});
