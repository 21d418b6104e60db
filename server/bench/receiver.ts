import { createServer, type Socket } from "node:net";
import { answerParent } from "./helper-process.ts";
import { monotonicUs } from "./monotonic-clock.ts";
import { readOrderNumber } from "./sample-order.ts";
import { WEBHOOKS_PER_ORGANIZATION } from "./webhooks-per-organization.ts";

// The program that stands for all restaurants' systems: as little HTTP as keep-alive POSTs need, so that the machine's CPU is left to
// what is measured. `POST /0` and `POST /1` are the two webhooks of an organization; `GET` answers how many deliveries have arrived.

const HEAD_END = Buffer.from("\r\n\r\n");
const OK = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"ok":true}');
/** Of `POST /0 HTTP/1.1`. */
const WEBHOOK_DIGIT_AT = "POST /".length;

/** When the first byte of a delivery arrived, at order × webhooks + webhook; 0 for those that have not. */
let arrivedAtUs = new Float64Array(1 << 20);
let arrived = 0;
let repeats = 0;
let malformed = 0;

function note(orderNumber: number, webhook: number, atUs: number): void {
  if (!(orderNumber >= 0) || !(webhook >= 0 && webhook < WEBHOOKS_PER_ORGANIZATION)) {
    malformed += 1;
    return;
  }
  const index = orderNumber * WEBHOOKS_PER_ORGANIZATION + webhook;
  if (index >= arrivedAtUs.length) {
    const larger = new Float64Array(2 ** Math.ceil(Math.log2(index + 1)));
    larger.set(arrivedAtUs);
    arrivedAtUs = larger;
  }
  if (arrivedAtUs[index] !== 0) {
    repeats += 1;
    return;
  }
  arrivedAtUs[index] = atUs;
  arrived += 1;
}

function serve(socket: Socket): void {
  let rest: Buffer | null = null;
  let restSinceUs = 0;
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.on("data", (chunk: Buffer) => {
    const nowUs = monotonicUs();
    const data = rest === null ? chunk : Buffer.concat([rest, chunk]);
    let firstByteAtUs = rest === null ? nowUs : restSinceUs;
    let offset = 0;
    while (offset < data.length) {
      const headEnd = data.indexOf(HEAD_END, offset);
      if (headEnd < 0) break;
      const head = data.toString("latin1", offset, headEnd);
      if (head.startsWith("GET ")) {
        const body = String(arrived);
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
        offset = headEnd + HEAD_END.length;
        continue;
      }
      const bodyStart = headEnd + HEAD_END.length;
      const bodyEnd = bodyStart + Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? Number.NaN);
      if (!(bodyEnd <= data.length)) break;
      const webhook = (data[offset + WEBHOOK_DIGIT_AT] ?? 0) - 48;
      note(readOrderNumber(data, bodyStart), webhook, firstByteAtUs);
      socket.write(OK);
      offset = bodyEnd;
      firstByteAtUs = nowUs;
    }
    rest = offset < data.length ? data.subarray(offset) : null;
    restSinceUs = firstByteAtUs;
  });
}

const offered = {
  /** Opens so many ports: each is an origin of its own to a client. */
  async listen(count: number): Promise<readonly number[]> {
    const ports: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const server = createServer(serve);
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("The receiver has no port.");
      ports.push(address.port);
    }
    return ports;
  },
  counts: () => ({ arrived, repeats, malformed }),
  /** Microseconds of the monotonic clock, two per order; 0 for what has not arrived. */
  arrivalTimes: (firstOrder: number, orders: number): Float64Array =>
    arrivedAtUs.slice(firstOrder * WEBHOOKS_PER_ORGANIZATION, (firstOrder + orders) * WEBHOOKS_PER_ORGANIZATION),
  /** Forgets everything that has arrived. */
  reset(): void {
    arrivedAtUs.fill(0);
    arrived = repeats = malformed = 0;
  },
};
export type Receiver = typeof offered;
answerParent(offered);
