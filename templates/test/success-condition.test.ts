import { expect, test } from "vitest";
import { compileSuccessCondition } from "../src/index.ts";

test("Slack's ok and Zoho's error per record can be told from success", () => {
  const slack = compileSuccessCondition('status == 200 && text == "ok"');
  expect(slack.isSuccess({ status: 200, body: "ok" })).toBe(true);
  expect(slack.isSuccess({ status: 200, body: "invalid_token" })).toBe(false);
  const zoho = compileSuccessCondition('status < 300 && body.data.all(record, record.code == "SUCCESS")');
  expect(zoho.isSuccess({ status: 201, body: '{"data":[{"code":"SUCCESS"}]}' })).toBe(true);
  expect(zoho.isSuccess({ status: 202, body: '{"data":[{"code":"INVALID_DATA"}]}' })).toBe(false);
});
