import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { curlCommand } from "./curl-command.ts";

const secret = "5".repeat(64);
const hmac = (body: string) => createHmac("sha256", secret).update(body).digest("hex");

test.each([
  ["an order", '{"event":"order.created","data":{"order_number":"ORD-1"}}'],
  [
    "quotes, line ends and everything a shell knows",
    `{"notes":"Acı olmasın; it's $HOME \`id\` \\\\n !! 🍕",\n\n"a":1}\n`,
  ],
  ["a body longer than an argument may be", JSON.stringify({ notes: "ğ".repeat(200_000), name: "O'Neill" })],
])("the pasted command verifies at a receiver: %s", async (_name, body) => {
  const received = await receivedFrom((url) =>
    curlCommand({
      method: "PATCH",
      url,
      headers: { "Content-Type": "application/json", "X-Webhook-Signature": hmac(body), "Content-Length": "1" },
      body,
    }),
  );
  expect(received.request.method).toBe("PATCH");
  expect(received.body).toBe(body);
  expect(received.request.headers["x-webhook-signature"]).toBe(hmac(received.body));
  expect(received.request.headers["content-type"]).toBe("application/json");
  expect(received.request.url).toBe("/hooks?restaurant=o'neill&x=1");
});

async function receivedFrom(command: (url: string) => string): Promise<{ request: IncomingMessage; body: string }> {
  const received = Promise.withResolvers<{ request: IncomingMessage; body: string }>();
  const receiver = createServer((request, response) => {
    void text(request).then((body) => {
      response.end();
      received.resolve({ request, body });
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = receiver.address() as { port: number };
    const shell = promisify(execFile)("sh", ["-s"]);
    shell.child.stdin?.end(command(`http://127.0.0.1:${port}/hooks?restaurant=o'neill&x=1`));
    await shell;
    return await received.promise;
  } finally {
    receiver.closeAllConnections();
    receiver.close();
  }
}
