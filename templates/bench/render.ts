import {
  compileFilter,
  compileRequestTemplate,
  compileSuccessCondition,
  fillInputs,
  withinJsonString,
} from "../src/index.ts";
import { WEBHOOK_TEMPLATES, type WebhookTemplate } from "../src/library/webhook-templates.ts";
import { aPayload } from "../test/a-payload.ts";
import { microsecondsOf } from "./measure.ts";

/** What rendering costs per delivery, and a filter per event. `node templates/bench/render.ts` */
const payload = aPayload();

console.log("rendering, µs per delivery");
for (const template of WEBHOOK_TEMPLATES) {
  const compiled = compileRequestTemplate(requestOf(template));
  print(template.id, () => compiled.render(payload));
}
const fields = ["event", "data.id", "data.order_number", "data.items.name", "data.items.quantity", "data.total_amount"];
const selection = compileRequestTemplate({ method: "POST", path: null, headers: {}, body: null, fields });
print("six chosen fields", () => selection.render(payload));

console.log("\nconditions, µs");
for (const source of ["data.is_vip == true", 'data.total_amount > 500 && metadata.table_number == "12"']) {
  const filter = compileFilter(source);
  print(source, () => filter.matches(payload));
}
const zoho = {
  status: 201,
  body: '{"data":[{"code":"SUCCESS","details":{"id":"5725767000000524157"},"status":"success"}]}',
};
for (const source of ["status == 200 && text == 'ok'", "status < 300 && body.data.all(r, r.code == 'SUCCESS')"]) {
  const condition = compileSuccessCondition(source);
  print(source, () => condition.isSuccess(zoho));
}

function requestOf({ inputs, request }: WebhookTemplate): Parameters<typeof compileRequestTemplate>[0] {
  const values = new Map(inputs.map(({ key, placeholder }) => [key, placeholder]));
  const { method, path, headers, body } = request;
  return {
    method,
    path: path && fillInputs(path, values),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fillInputs(value, values)])),
    body: body && fillInputs(body, values, withinJsonString),
    fields: null,
  };
}

function print(name: string, call: () => unknown): void {
  console.log(`${microsecondsOf(call).toFixed(2).padStart(8)}  ${name}`);
}
