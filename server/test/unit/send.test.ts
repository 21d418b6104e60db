import { createSecretKey } from "node:crypto";
import { createServer, type Server, type Socket } from "node:net";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAddressGuard } from "../../src/dispatcher/address-guard.ts";
import { createSender, type Sender } from "../../src/dispatcher/send.ts";
import { signRequest } from "../../src/dispatcher/sign.ts";
import { findCustomHeaderProblems } from "../../src/domain/custom-headers.ts";
import { aRequest, createTestSender } from "../support/attempt.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

let receiver: Receiver;
let sender: Sender;

beforeEach(async () => {
  receiver = await startReceiver();
  sender = createTestSender();
});

afterEach(async () => {
  await Promise.all([receiver.close(), sender.close()]);
});

describe("an answer in time", () => {
  test("a 2xx is delivered, and the log gets what came back", async () => {
    receiver.respond(201, { headers: { "Content-Type": "text/plain", "X-Request-Id": "42" }, body: "thanks" });
    const result = await sender.send(aRequest(`${receiver.url}?x=1`, { headers: ["X-Webhook-Attempt", "1"] }));
    expect(result).toMatchObject({
      outcome: "delivered",
      responseStatus: 201,
      responseHeaders: { "content-type": "text/plain", "x-request-id": "42" },
      responseBody: "thanks",
      isResponseBodyTruncated: false,
      errorCode: null,
      errorMessage: null,
      retryAfterSeconds: null,
    });
    expect(Number.isInteger(result.responseTimeMs)).toBe(true);
    const request = await receiver.next();
    expect(request).toMatchObject({
      method: "POST",
      path: "/hook?x=1",
      body: Buffer.from('{"event":"order.created"}'),
    });
    expect(request.headers["x-webhook-attempt"]).toBe("1");
    expect(request.headers["host"]).toBe(`127.0.0.1:${receiver.port}`);
  });

  test.each(["PUT", "PATCH"] as const)("%s goes to the URL with what the template appends", async (method) => {
    await sender.send(aRequest(`${receiver.url}/`, { method, path: "/orders/12?notify=1" }));
    const request = await receiver.next();
    expect(request).toMatchObject({ method, body: Buffer.from('{"event":"order.created"}') });
    expect(request.path).toMatch(/[^/]\/orders\/12\?notify=1$/);
  });

  test.each([400, 401, 404, 408, 410, 422, 429, 500, 502, 503, 599, 999])("%i is rejected", async (status) => {
    receiver.byDefault.raw((socket) => socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 4\r\n\r\nbody`));
    const result = await sender.send(aRequest(receiver.url));
    expect(result).toMatchObject({
      outcome: "rejected",
      responseStatus: status,
      errorCode: `HTTP_${status}`,
      responseBody: "body",
    });
    expect(result.errorMessage).toMatch(new RegExp(`^The receiver answered ${status}`));
  });

  test.each([301, 302, 303, 307, 308])("a %i is rejected and its target is never visited", async (status) => {
    const sentinel = await startReceiver();
    receiver.respond(status, {
      headers: { Location: sentinel.url, Refresh: `0; url=${sentinel.url}`, "Alt-Svc": `h2=":${sentinel.port}"` },
    });
    const result = await sender.send(aRequest(receiver.url));
    expect(result).toMatchObject({ outcome: "rejected", errorCode: `HTTP_${status}` });
    expect(result.errorMessage).toContain(sentinel.url);
    await sender.send(aRequest(receiver.url));
    expect(sentinel.connectionCount).toBe(0);
    await sentinel.close();
  });

  test("Retry-After is read on 429 and 503 only", async () => {
    const headers = { "Retry-After": "90" };
    receiver.respond(429, { headers }).respond(503, { headers }).respond(500, { headers }).respond(200, { headers });
    const seconds: (number | null)[] = [];
    for (let index = 0; index < 4; index++) seconds.push((await sender.send(aRequest(receiver.url))).retryAfterSeconds);
    expect(seconds).toEqual([90, 90, null, null]);
  });
});

describe("what the log keeps of an answer", () => {
  test("a body of exactly the limit is whole; one byte more is cut and flagged", async () => {
    receiver.hugeBody(65_536).hugeBody(65_537);
    const whole = await sender.send(aRequest(receiver.url));
    const cut = await sender.send(aRequest(receiver.url));
    expect([whole.responseBody?.length, whole.isResponseBodyTruncated]).toEqual([65_536, false]);
    expect([cut.responseBody?.length, cut.isResponseBodyTruncated]).toEqual([65_536, true]);
    expect(cut).toMatchObject({ outcome: "delivered", responseStatus: 200, errorCode: null });
  });

  test("a cut never splits a character", async () => {
    receiver.respond(200, { body: `${"x".repeat(65_534)}🍕🍕` });
    const { responseBody } = await sender.send(aRequest(receiver.url));
    expect(responseBody).toBe("x".repeat(65_534));
  });

  test("bytes that are not UTF-8 are replaced, and NUL, which PostgreSQL cannot store, is dropped", async () => {
    receiver.raw((socket) =>
      socket.end(
        Buffer.from("HTTP/1.1 200 OK\r\nX-Bytes: \xc3\xbc\xff\r\nContent-Length: 6\r\n\r\na\0\xffb\xc3\xbc", "latin1"),
      ),
    );
    const result = await sender.send(aRequest(receiver.url));
    expect(result.responseBody).toBe("a\ufffdb\u00fc");
    expect(result.responseHeaders?.["x-bytes"]).toBe("\u00fc\ufffd");
  });

  test("at most 32 headers, without cookies and credentials", async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`X-${index}`, "v"]));
    receiver.respond(200, {
      headers: { "Set-Cookie": ["a=1", "b=2"], Authorization: "Bearer x", __proto__x: "1", ...many },
    });
    const { responseHeaders } = await sender.send(aRequest(receiver.url));
    expect(Object.keys(responseHeaders ?? {})).toHaveLength(32);
    expect(responseHeaders).toMatchObject({ "set-cookie": "[redacted]", authorization: "[redacted]" });
  });

  test("a compressed body is stored as it came", async () => {
    const body = Buffer.from("1f8b08000000000000034b040043beb7e801000000", "hex");
    receiver.respond(200, { headers: { "Content-Encoding": "gzip" }, body });
    const result = await sender.send(aRequest(receiver.url));
    expect(result.responseBody).toBe(body.toString("utf8").replaceAll("\0", ""));
  });
});

describe("no answer", () => {
  test("a refused connection", async () => {
    const port = await aFreePort();
    const result = await sender.send(aRequest(`http://127.0.0.1:${port}/`));
    expect(result).toEqual({
      outcome: "unreachable",
      responseStatus: null,
      responseHeaders: null,
      responseBody: null,
      isResponseBodyTruncated: false,
      responseTimeMs: null,
      errorCode: "ECONNREFUSED",
      errorMessage: "The receiver refused the connection.",
      retryAfterSeconds: null,
    });
  });

  test("a name whose addresses all refuse", async () => {
    const port = await aFreePort();
    const resolve = async () => ["127.0.0.1", "127.0.0.2"].map((address) => ({ address, family: 4 }));
    const named = createTestSender({ guard: { resolve } });
    expect(await named.send(aRequest(`http://crm.example:${port}/`))).toMatchObject({ errorCode: "ECONNREFUSED" });
    await named.close();
  });

  test.each([
    ["ENOTFOUND", () => Promise.reject(Object.assign(new Error(), { code: "ENOTFOUND" }))],
    ["EAI_AGAIN", () => Promise.reject(Object.assign(new Error(), { code: "EAI_AGAIN" }))],
    ["ENOTFOUND", () => Promise.resolve([])],
    ["DNS_TIMEOUT", () => new Promise<never>(() => {})],
  ])("a DNS failure: %s", async (errorCode, resolve) => {
    const withDns = createTestSender({ guard: { resolve, dnsTimeoutMs: 100 } });
    expect(await withDns.send(aRequest("http://receiver.example/"))).toMatchObject({
      outcome: "unreachable",
      errorCode,
      responseTimeMs: null,
    });
    await withDns.close();
  });

  test("a connection that does not come about in time", async () => {
    const impatient = createTestSender({ connectTimeoutMs: 150, guard: { resolve: () => new Promise(() => {}) } });
    expect(await impatient.send(aRequest("http://receiver.example/"))).toMatchObject({
      errorCode: "CONNECT_TIMEOUT",
      outcome: "unreachable",
    });
    await impatient.close();
  });

  test("a header that cannot be written is our fault, and nothing is sent", async () => {
    const result = await sender.send(aRequest(receiver.url, { headers: ["X-Bad", "a\r\nb"] }));
    expect(result).toMatchObject({ outcome: "blocked", errorCode: "INVALID_REQUEST", responseTimeMs: null });
    expect(receiver.requests).toHaveLength(0);
  });
});

describe("connections", () => {
  test("are reused for requests that follow one another", async () => {
    for (let index = 0; index < 5; index++) await sender.send(aRequest(receiver.url));
    // The next request may be made just before the first connection is free again.
    expect(receiver.connectionCount).toBeLessThanOrEqual(2);
  });

  test("closed by the receiver while idle are replaced without a failed attempt", async () => {
    receiver.byDefault.raw((socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    for (let index = 0; index < 5; index++) {
      expect((await sender.send(aRequest(receiver.url))).outcome).toBe("delivered");
    }
    expect(receiver.connectionCount).toBe(5);
  });

  test("that break before the answer are a failed attempt: the request is never sent twice", async () => {
    await sender.send(aRequest(receiver.url));
    receiver.reset().hangUp();
    expect(await sender.send(aRequest(receiver.url))).toMatchObject({
      outcome: "unreachable",
      errorCode: "ECONNRESET",
    });
    expect(await sender.send(aRequest(receiver.url))).toMatchObject({
      outcome: "unreachable",
      errorCode: "CONNECTION_CLOSED",
    });
    expect(receiver.requests).toHaveLength(3);
  });

  test("to one origin are limited; who waits longer than the deadline for one has sent nothing", async () => {
    const narrow = createTestSender({ connectionsPerOrigin: 2 });
    const held: Socket[] = [];
    receiver.byDefault.raw((socket) => held.push(socket));
    const holding = [1, 2].map(() => narrow.send(aRequest(receiver.url, { deadlineMs: 60_000 })));
    await receiver.next();
    await receiver.next();
    const late = await Promise.all([1, 2, 3].map(() => narrow.send(aRequest(receiver.url, { deadlineMs: 200 }))));
    expect(late.map(({ outcome, responseTimeMs }) => [outcome, responseTimeMs])).toEqual(
      Array(3).fill(["timedOut", null]),
    );
    expect(receiver.connectionCount).toBe(2);
    receiver.byDefault.respond(200);
    for (const socket of held) socket.end("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    expect((await Promise.all(holding)).map(({ outcome }) => outcome)).toEqual(["delivered", "delivered"]);
    expect((await narrow.send(aRequest(receiver.url))).outcome).toBe("delivered");
    await narrow.close();
    expect(receiver.requests).toHaveLength(3);
  });

  test("ignore proxy variables", async () => {
    const proxy = await startReceiver();
    const names = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "NODE_USE_ENV_PROXY"];
    for (const name of names) process.env[name] = name === "NODE_USE_ENV_PROXY" ? "1" : proxy.url;
    const fresh = createTestSender();
    expect((await fresh.send(aRequest(receiver.url))).outcome).toBe("delivered");
    for (const name of names) delete process.env[name];
    expect(proxy.connectionCount).toBe(0);
    await Promise.all([fresh.close(), proxy.close()]);
  });
});

describe("the guard stands in front of every request", () => {
  test("a literal private address is blocked before a connection is made", async () => {
    const strict = createTestSender({ guard: { allowedPrivateCidrs: [] } });
    expect(await strict.send(aRequest(receiver.url))).toMatchObject({
      outcome: "blocked",
      errorCode: "BLOCKED_ADDRESS",
      errorMessage: "The address is not allowed.",
      responseTimeMs: null,
    });
    expect(receiver.connectionCount).toBe(0);
    await strict.close();
  });

  test("a name that was public when saved and is private when sent to is never connected to", async () => {
    const answers = [["93.184.215.14"], ["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["::ffff:127.0.0.1"]];
    const guard = {
      allowedPrivateCidrs: [],
      resolve: async () =>
        (answers.shift() ?? ["127.0.0.1"]).map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    };
    const shared = createAddressGuard({
      allowHttp: true,
      ownOrigin: "http://127.0.0.1:4000",
      ownReceiverPath: null,
      ...guard,
    });
    const rebinding = createSender({ guard: shared, connectionsPerOrigin: 4 });
    const url = `http://rebind.example:${receiver.port}/hook`;
    expect((await shared.checkDestination(url)).ok).toBe(true);
    for (let attempt = 0; attempt < 4; attempt++) {
      expect(await rebinding.send(aRequest(url))).toMatchObject({
        outcome: "blocked",
        errorCode: "BLOCKED_ADDRESS",
        responseTimeMs: null,
      });
    }
    expect(receiver.connectionCount).toBe(0);
    await rebinding.close();
  });

  test("localhost is reached where loopback is allowed", async () => {
    expect((await sender.send(aRequest(`http://localhost:${receiver.port}/hook`))).outcome).toBe("delivered");
  });

  test("in production the built-in receiver is reached, and nothing else of ours", async () => {
    const ownOrigin = `http://127.0.0.1:${receiver.port}`;
    const guard = { allowedPrivateCidrs: [], allowHttp: false, ownOrigin, ownReceiverPath: "/receiver/" };
    const production = createTestSender({ guard });
    const outcomes: string[] = [];
    for (const host of ["127.0.0.1", "localhost"]) {
      for (const path of ["/receiver/abc", "/api/events"]) {
        outcomes.push((await production.send(aRequest(`http://${host}:${receiver.port}${path}`))).outcome);
      }
    }
    expect(outcomes).toEqual(["delivered", "blocked", "delivered", "blocked"]);
    await production.close();
  });

  test("the name stays in the Host header while the judged address is dialled", async () => {
    const named = createTestSender({ guard: { resolve: async () => [{ address: "127.0.0.1", family: 4 }] } });
    expect((await named.send(aRequest(`http://crm.example:${receiver.port}/hook`))).outcome).toBe("delivered");
    expect((await receiver.next()).headers["host"]).toBe(`crm.example:${receiver.port}`);
    await named.close();
  });
});

test("what is signed arrives byte for byte, so that the public library accepts it", async () => {
  const secret = "0123456789abcdef".repeat(4);
  const body = Buffer.from(JSON.stringify({ customer_name: "Ahmet Yılmaz 🍕" }), "utf8");
  const { headers } = signRequest({
    deliveryId: "0191d1a0-0000-7000-8000-000000000001",
    eventType: "order.created",
    attemptNumber: 1,
    body,
    timestampSeconds: Math.floor(Date.now() / 1000),
    keys: [{ key: createSecretKey(Buffer.from(secret, "utf8")) }],
    customHeaders: [["X-API-Key", "abc"]],
    templateHeaders: [],
    userAgent: "VERA-QR-Webhooks/1.0.0",
  });
  await sender.send(aRequest(receiver.url, { headers, body }));
  const request = await receiver.next();
  expect(receiver.verify(request, secret)).toEqual({ customer_name: "Ahmet Yılmaz 🍕" });
  expect(request.headers["accept-encoding"]).toBe("identity");
  expect(request.headers["content-length"]).toBe(String(body.length));
});

test("every accepted custom header arrives as it was written", async () => {
  const name = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,30}$/);
  const value = fc.string({ unit: fc.constantFrom(..."aZ09 \t~\u00a0\u00e9\u00ff\"'<>\\;,=") });
  await fc.assert(
    fc.asyncProperty(name, value, async (headerName, headerValue) => {
      fc.pre(findCustomHeaderProblems({ [headerName]: headerValue }).length === 0);
      const result = await sender.send(aRequest(receiver.url, { headers: [headerName, headerValue] }));
      expect(result.errorCode).toBeNull();
      expect((await receiver.next()).headers[headerName.toLowerCase()]).toBe(headerValue);
    }),
    { numRuns: 300 },
  );
});

test("after close the sender refuses to work instead of inventing a failed attempt", async () => {
  const closed = createTestSender();
  await closed.close();
  await expect(closed.send(aRequest(receiver.url))).rejects.toThrow("closed");
});

test("close waits for the requests under way", async () => {
  const closing = createTestSender();
  receiver.respond(200, { delayMs: 100 });
  const pending = closing.send(aRequest(receiver.url));
  await receiver.next();
  await closing.close();
  expect((await pending).outcome).toBe("delivered");
});

test("whatever bytes a receiver answers, the result is complete and can be stored", async () => {
  const fragments = [
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.1 ",
    "HTTP/1.0 500 \r\n",
    "HTTP/1.1 103 Early\r\n\r\n",
    "Content-Length: 5\r\n",
  ];
  fragments.push(
    "Content-Length: -1\r\n",
    "Transfer-Encoding: chunked\r\n",
    "\r\n",
    "5\r\nhello\r\n0\r\n\r\n",
    "hello",
    "\0",
    "a: b\r\n",
    ": \r\n",
  );
  fragments.push(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
    "HTTP/1.1 000 \r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\n",
  );
  const bytes = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: "binary", maxLength: 20 })), {
    maxLength: 8,
  });
  const answers: string[] = [];
  const server: Server = createServer((socket) => {
    socket.on("error", () => {}).once("data", () => socket.end(answers.pop() ?? "", "latin1"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const results = await Promise.all(
    fc.sample(bytes, 1_500).map((parts) => {
      answers.push(parts.join(""));
      return sender.send(aRequest(`http://127.0.0.1:${port}/`, { deadlineMs: 15_000 }));
    }),
  );
  for (const result of results) {
    expect(["delivered", "rejected", "unreachable"]).toContain(result.outcome);
    expect(result.errorCode === null).toBe(result.outcome === "delivered");
    expect(result.errorCode ?? "X").toMatch(/^[A-Z][A-Z0-9_]{0,63}$/);
    expect(result.errorCode).not.toBe("UNKNOWN_FAILURE");
    expect(JSON.stringify(result)).not.toContain("\\u0000");
  }
  server.close();
});

async function aFreePort(): Promise<number> {
  const { port, close } = await startReceiver();
  await close();
  return port;
}
