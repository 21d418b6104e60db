import { compileFilter, compileRequestTemplate, compileSuccessCondition, type RequestTemplate } from "../src/index.ts";
import { aPayload } from "../test/a-payload.ts";
import { microsecondsOf } from "./measure.ts";

/** What rendering costs per delivery, for templates like those of the library. `node templates/bench/render.ts` */
const TEMPLATES: Readonly<Record<string, Partial<RequestTemplate>>> = {
  "Salesforce (4 fields)": {
    path: "/services/data/v58.0/sobjects/Order__c/",
    body: '{"Name":"{{ data.order_number }}","Amount__c":"{{ data.total_amount }}","Status__c":"Pending","Customer_Name__c":"{{ data.customer_name }}"}',
  },
  "Salesforce upsert": {
    method: "PATCH",
    path: "/services/data/v58.0/sobjects/Order__c/External_Id__c/{{ data.id }}",
    body: '{"Name":"{{ data.order_number }}","Amount__c":"{{ data.total_amount }}","Status__c":"Pending","Customer_Name__c":"{{ data.customer_name }}"}',
  },
  "HubSpot deal": {
    body: '{"properties":{"dealname":"{{ data.order_number }}","amount":"{{ fixed(data.total_amount, 2) }}","dealstage":"appointmentscheduled","closedate":"{{ epochMillis(data.created_at) }}"}}',
  },
  "Zoho deal": {
    body: '{"data":[{"Deal_Name":"{{ data.order_number }}","Amount":"{{ data.total_amount }}","Stage":"Qualification","Closing_Date":"{{ formatDate(data.created_at, \'yyyy-MM-dd\', \'Europe/Istanbul\') }}"}]}',
  },
  "Slack message": {
    body: '{"text":"{{ escapeSlack(data.order_number) }}: {{ fixed(data.total_amount, 2) }} ₺, {{ escapeSlack(data.customer_name) }}","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"{{ data.items.map(i, string(i.quantity) + \' × \' + escapeSlack(i.name)).join(\'\\\\n\') }}"}}]}',
  },
  "six chosen fields": {
    fields: ["event", "data.id", "data.order_number", "data.items.name", "data.items.quantity", "data.total_amount"],
  },
  "headers and query": {
    path: "/orders?number={{ data.order_number }}&table={{ metadata.table_number }}",
    headers: { "X-Order": "{{ data.order_number }}", "Idempotency-Key": "{{ data.id }}-{{ event }}" },
    body: '{"order":"{{ data }}"}',
  },
};

const payload = aPayload();
console.log("µs per delivery");
for (const [name, template] of Object.entries(TEMPLATES)) {
  const compiled = compileRequestTemplate({
    method: "POST",
    path: null,
    headers: {},
    body: null,
    fields: null,
    ...template,
  });
  print(name, () => compiled.render(payload));
}
const filter = compileFilter('data.total_amount > 500 && metadata.table_number == "12"');
print("filter of two clauses", () => filter.matches(payload));
const field = compileFilter("data.is_vip == true");
print("filter of one field", () => field.matches(payload));
const zoho = compileSuccessCondition('status < 300 && body.data.all(r, r.code == "SUCCESS")');
print("success condition on JSON", () =>
  zoho.isSuccess({ status: 201, body: '{"data":[{"code":"SUCCESS","details":{}}]}' }),
);

function print(name: string, call: () => unknown): void {
  console.log(`${microsecondsOf(call).toFixed(2).padStart(8)}  ${name}`);
}
