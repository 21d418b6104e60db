import fc from "fast-check";
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

test("texts arrive exact: Turkish letters, quotes, line breaks and nulls", () => {
  const texts = ['Şırnak "Köfteci" Ğü', "a\nb\r\n\tc\\", "\u0001\u001f\u2028", "😀", "</script>{{ data.id }}", "'"];
  const body = '{"whole":"{{ data.x }}","inside":"[{{ data.x }}]","all":"{{ data }}"}';
  for (const x of [...texts, null, true, 0, -0, 1e21, 179.8, [], {}, [null]]) {
    const payload = { data: { x } };
    const isSimple = typeof x !== "object" || x === null;
    const rendered = JSON.parse(render({ body: isSimple ? body : body.replace("[{{ data.x }}]", "") }, payload).body);
    expect(rendered).toEqual({
      whole: x === 0 ? 0 : x,
      inside: isSimple ? `[${x ?? ""}]` : "",
      all: { x: x === 0 ? 0 : x },
    });
  }
});

test("everything that is wrong with a template is said at once", () => {
  const problems = problemsOf({
    path: "orders/{{ nope }}",
    headers: { Host: "a", "x-a": "{{ 1 + 'a' }}", "X-A": "ı", "X B": "", "X-C": "{{ data.x" },
    body: '{"a":"{{ size() }}","{{ k }}":1,"b":"{{ credential.x }}","c":"{{ }}"}',
    fields: ["data..x"],
  });
  expect(problems.map(({ place, key, code }) => [place, key, code])).toEqual([
    ["path", null, "UNKNOWN_NAME"],
    ["path", null, "NOT_ALLOWED"],
    ["headers", "Host", "NOT_ALLOWED"],
    ["headers", "x-a", "TYPE"],
    ["headers", "X-A", "NOT_ALLOWED"],
    ["headers", "X-A", "NOT_ALLOWED"],
    ["headers", "X B", "SYNTAX"],
    ["headers", "X-C", "SYNTAX"],
    ["fields", null, "NOT_ALLOWED"],
    ["body", null, "TYPE"],
    ["body", null, "NOT_ALLOWED"],
    ["body", null, "NOT_ALLOWED"],
    ["body", null, "SYNTAX"],
  ]);
});

test("everything that fails for an event is said at once, each at its place", () => {
  const body = '{"a":"{{ data.x + 1 }}","b":"ok","c":"{{ data.items }}!"}';
  const problems = problemsOf({ path: "/a/{{ data.x }}/b", headers: { "X-A": "{{ data.customer_name }}" }, body });
  expect(
    problems.map(({ place, key, code, from, to }) => [place, key, code, place === "body" ? body.slice(from, to) : ""]),
  ).toEqual([
    ["path", null, "EVALUATION", ""],
    ["headers", "X-A", "EVALUATION", ""],
    ["body", null, "EVALUATION", "data.x"],
    ["body", null, "TYPE", "data.items"],
  ]);
});

test.each([
  ["", "SYNTAX", 1, 1],
  ["{", "SYNTAX", 1, 2],
  ['{"a":1,}', "SYNTAX", 1, 8],
  ['{"a" 1}', "SYNTAX", 1, 6],
  ['{"a":\n  tru}', "SYNTAX", 2, 3],
  ['["a\nb"]', "SYNTAX", 1, 4],
  ['["\\x"]', "SYNTAX", 1, 3],
  ['["a]', "SYNTAX", 1, 2],
  ["[1] 2", "SYNTAX", 1, 5],
  ["[01]", "SYNTAX", 1, 3],
  ["{'a':1}", "SYNTAX", 1, 2],
  ["[".repeat(101), "LIMIT", 1, 101],
  [`"${"a".repeat(8_191)}"`, "LIMIT", 1, 1],
] as const)("the body %j is refused where it is wrong", (body, code, line, column) => {
  expect(problemsOf({ body })).toMatchObject([{ place: "body", code, line, column }]);
});

test("a body is JSON exactly if JSON.parse says so", () => {
  const text = fc.oneof(
    fc.json(),
    fc.json().map((json) => json.slice(0, -1)),
    fc.string({ unit: fc.constantFrom(...'{}[]",:01-.eE tn\\u\n') }),
  );
  fc.assert(
    fc.property(text, (body) => {
      fc.pre(!body.includes("{{"));
      const parsed = parsedOrNothing(body);
      const rendered = parsedOrNothing(renderedOrNothing(body));
      expect(rendered).toEqual(parsed);
    }),
    { numRuns: 1_000 },
  );
});

test("values of a query may be empty, parts of a path may not", () => {
  expect(render({ path: "/a/b?note={{ data.x }}" }).path).toBe("/a/b?note=");
  expect(render({ path: "/a?x={{ data.x }}" }, aPayload({ x: "a/../&b=c#d ?ş" })).path).toBe(
    "/a?x=a%2F..%2F%26b%3Dc%23d%20%3F%C5%9F",
  );
  for (const x of [null, "", ".", "..", "a/../b", "a\\..\\b"]) {
    expect(problemsOf({ path: "/a/{{ data.x }}" }, aPayload({ x }))[0]?.place).toBe("path");
  }
  expect(render({ path: "/a/{{ data.x }}" }, aPayload({ x: "%2e%2e" })).path).toBe("/a/%252e%252e");
});

test("two values cannot make the credential's marker together", () => {
  const body = '{"key":"{{ credential }}","name":"{{ data.a }}{{ data.b }}"}';
  const payload = aPayload({ a: "__VERA_QR_", b: "CREDENTIAL__" });
  expect(problemsOf({ body }, payload)[0]?.code).toBe("NOT_ALLOWED");
  expect(problemsOf({ body: '"{{ upper(credential) }}"' })[0]?.code).toBe("NOT_ALLOWED");
  expect(problemsOf({ body: '"__VERA_QR_CREDENTIAL__"' })[0]?.code).toBe("NOT_ALLOWED");
  expect(problemsOf({ fields: ["data"] }, aPayload({ a: "__VERA_QR_CREDENTIAL__" }))[0]?.code).toBe("NOT_ALLOWED");
});

test("without body and fields the payload is sent as it is", () => {
  expect(render({}).body).toBe(JSON.stringify(aPayload()));
});

function renderedOrNothing(body: string): string {
  try {
    return render({ body }).body;
  } catch (error) {
    if (error instanceof TemplateError) return "";
    throw error;
  }
}

/** Undefined where it is no JSON. */
function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

test.each([
  ["written as it is", '{"a": "\\u0000"}'],
  ["in a key", '{"\\u0000": 1}'],
  ["half a character", '{"a": "x \\ud83d"}'],
  ["a number beyond numbers", '{"a": 1e999999}'],
  ["a number below them", '{"a": 1e-999999}'],
  ["made by an expression", '{"a": "{{ \\"\\\\u0000\\" }}"}'],
  ["in a list of an expression", '{"a": "{{ [\\"\\\\u0000\\"] }}"}'],
  ["among other text", '{"a": "x {{ \\"\\\\u0000\\" }}"}'],
])("what a database cannot keep as JSON is refused: %s", (_name, body) => {
  expect(problemsOf({ body })).toMatchObject([{ place: "body", message: expect.stringContaining("U+0000") }]);
});

test.each(["{{ data.customer_notes }}", "{{ data.customer_notes }}!"])("half a character is refused: %s", (text) => {
  const payload = aPayload({ customer_notes: "\ud800" });
  expect(problemsOf({ body: JSON.stringify({ text }) }, payload)).toMatchObject([
    { place: "body", code: "EVALUATION" },
  ]);
});

test("what only looks like that arrives", () => {
  const notes = String.raw`\u0000 \\ud83d 😀`;
  const body =
    '{"a": "{{ data.customer_notes }}", "b": "x {{ data.customer_notes }}", "c": "\\ud83d\\ude00", "d": 1e300, "e": 0.0}';
  expect(JSON.parse(render({ body }, aPayload({ customer_notes: notes })).body)).toEqual({
    a: notes,
    b: `x ${notes}`,
    c: "😀",
    d: 1e300,
    e: 0,
  });
});
