import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Sender } from "../../src/dispatcher/send.ts";
import type { AttemptResult } from "../../src/domain/outcome.ts";
import { aRequest, createTestSender } from "../support/attempt.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";

const DEADLINE_MS = 500;
const GRACE_MS = 250;
const BOMB = gzipSync(Buffer.alloc(50_000_000));

let receiver: Receiver;
let sender: Sender;

beforeEach(async () => {
  receiver = await startReceiver();
  sender = createTestSender();
});

afterEach(async () => {
  await Promise.all([receiver.close(), sender.close()]);
});

const TIMED_OUT = { outcome: "timedOut", errorCode: "TIMEOUT" } as const;
const INVALID = { outcome: "unreachable", errorCode: "INVALID_RESPONSE", responseStatus: null } as const;
const CUT_BUT_DELIVERED = {
  outcome: "delivered",
  errorCode: null,
  responseStatus: 200,
  isResponseBodyTruncated: true,
} as const;

const writes = (text: string) => (script: Receiver) => script.raw((socket) => void socket.end(text, "latin1"));
const repeats =
  (text: string, everyMs: number, first = "") =>
  (script: Receiver) =>
    script.raw((socket) => {
      socket.write(first);
      const timer = setInterval(() => socket.write(text), everyMs);
      socket.on("close", () => clearInterval(timer));
    });

function floods(text: string, first = "") {
  return (script: Receiver) =>
    script.raw((socket: Socket) => {
      const flood = text.repeat(2_000);
      const more = (): void => {
        while (!socket.destroyed && socket.write(flood));
      };
      socket.write(first);
      socket.on("drain", more);
      more();
    });
}

test.each<[name: string, behave: (script: Receiver) => unknown, expected: Partial<AttemptResult>]>([
  ["hangs", (script) => script.hang(), { ...TIMED_OUT, responseStatus: null }],
  [
    "sends its headers byte by byte",
    repeats("x", 20, "HTTP/1.1 200 OK\r\nX-Slow: "),
    { ...TIMED_OUT, responseStatus: null },
  ],
  ["drips its body", (script) => script.drip(), { ...TIMED_OUT, responseStatus: 200, isResponseBodyTruncated: true }],
  [
    "sends 103s without end",
    repeats("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 10),
    { ...TIMED_OUT, responseStatus: null },
  ],
  [
    "floods with 103s",
    floods("HTTP/1.1 103 Early Hints\r\n\r\n"),
    { outcome: "unreachable", errorCode: "INTERIM_RESPONSE_FLOOD" },
  ],
  ["sends an endless body", (script) => script.hugeBody(), CUT_BUT_DELIVERED],
  [
    "floods with chunk extensions",
    floods("1;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nx\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
    CUT_BUT_DELIVERED,
  ],
  [
    "floods with headers",
    floods("X-Header: value\r\n", "HTTP/1.1 200 OK\r\n"),
    { outcome: "unreachable", errorCode: "HEADERS_TOO_LARGE" },
  ],
  [
    "floods with trailers",
    floods("X-Trailer: value\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"),
    CUT_BUT_DELIVERED,
  ],
  ["sends garbage", (script) => script.garbage(), INVALID],
  ["speaks HTTP/0.9", writes("<html>hello</html>"), INVALID],
  ["sends two lengths", writes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"), INVALID],
  [
    "sends a length and chunks",
    writes("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    INVALID,
  ],
  [
    "answers 999",
    writes("HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n"),
    { outcome: "rejected", errorCode: "HTTP_999", responseStatus: 999 },
  ],
  ["answers 000", writes("HTTP/1.1 000 What\r\nContent-Length: 0\r\n\r\n"), INVALID],
  ["answers an unasked-for 100", writes("HTTP/1.1 100 Continue\r\n\r\n"), INVALID],
  [
    "answers an unasked-for 101",
    writes("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"),
    INVALID,
  ],
  [
    "cuts the body of a 200",
    writes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"),
    { ...CUT_BUT_DELIVERED, responseBody: "only this" },
  ],
  [
    "cuts a chunk of a 200",
    writes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nonly this"),
    CUT_BUT_DELIVERED,
  ],
  [
    "cuts the body of a 500",
    writes("HTTP/1.1 500 Oops\r\nContent-Length: 100\r\n\r\nonly this"),
    { outcome: "rejected", errorCode: "HTTP_500", isResponseBodyTruncated: true },
  ],
  ["resets", (script) => script.reset(), { outcome: "unreachable", errorCode: "ECONNRESET", responseStatus: null }],
  ["closes without an answer", (script) => script.hangUp(), { outcome: "unreachable", errorCode: "CONNECTION_CLOSED" }],
  [
    "closes within the headers",
    writes("HTTP/1.1 200 OK\r\nX-Cut: "),
    { outcome: "unreachable", errorCode: "CONNECTION_CLOSED" },
  ],
  [
    "redirects",
    (script) => script.respond(302, { headers: { Location: "http://169.254.169.254/" } }),
    { outcome: "rejected", errorCode: "HTTP_302" },
  ],
  [
    "sends a gzip bomb",
    (script) => script.respond(200, { headers: { "Content-Encoding": "gzip" }, body: BOMB }),
    { outcome: "delivered", isResponseBodyTruncated: BOMB.length > 65_536 },
  ],
  [
    "answers twice",
    writes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"),
    { outcome: "delivered", responseStatus: 200 },
  ],
])("a receiver that %s ends in time with its own code", async (_name, behave, expected) => {
  behave(receiver);
  const start = performance.now();
  const result = await sender.send(aRequest(receiver.url, { deadlineMs: DEADLINE_MS }));
  expect(performance.now() - start).toBeLessThan(DEADLINE_MS + GRACE_MS);
  expect(result).toMatchObject(expected);
  if (result.outcome !== "delivered") expect(result.errorMessage).toMatch(/^[A-Z].*\S$/);

  // The next request finds a working client.
  expect((await sender.send(aRequest(receiver.url))).outcome).toBe("delivered");
});

test("a hundred endless bodies at once do not fill the memory", async () => {
  receiver.byDefault.hugeBody();
  const before = process.memoryUsage().rss;
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  const results = await Promise.all(Array.from({ length: 100 }, () => sender.send(aRequest(receiver.url))));
  clearInterval(watch);
  expect(results.every(({ outcome, responseBody }) => outcome === "delivered" && responseBody?.length === 65_536)).toBe(
    true,
  );
  // The receiver's own buffers are in the same process: 100 sockets with a chunk each on either side.
  expect(peak - before).toBeLessThan(150 * 1024 * 1024);
});
