import { spawnSync } from "node:child_process";
import { createHmac, timingSafeEqual } from "node:crypto";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import type { ReceivedRequest } from "./receiver.ts";

/** How integrators verify: public libraries, and what the contract shows. None of it is our code. */
export type Verifier = (request: Pick<ReceivedRequest, "headers" | "body">, secret: string) => boolean;

export const standardSecret = (secret: string): string => `whsec_${Buffer.from(secret, "utf8").toString("base64")}`;

export const byStandardWebhooks: Verifier = ({ body, headers }, secret) =>
  accepts(() => new StandardWebhook(standardSecret(secret)).verify(body, { ...headers }));

export const bySvix: Verifier = ({ body, headers }, secret) =>
  accepts(() => new SvixWebhook(standardSecret(secret)).verify(body, { ...headers }));

/** The contract's receiver in Node, reading the given header. */
export function byNodeReceiver(header = "x-webhook-signature"): Verifier {
  return ({ body, headers }, secret) => {
    const expected = Buffer.from(createHmac("sha256", secret).update(body).digest("hex"));
    const given = Buffer.from(headers[header] ?? "");
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
}

export const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** The contract's receiver in Python, reading the given header. */
export function byPythonReceiver(header = "x-webhook-signature"): Verifier {
  const program = `import hashlib, hmac, sys
secret, header = sys.argv[1:]
body = sys.stdin.buffer.read()
print(hmac.compare_digest(header, hmac.new(secret.encode('utf-8'), body, hashlib.sha256).hexdigest()))`;
  return ({ body, headers }, secret) => {
    const { stdout } = spawnSync("python3", ["-c", program, secret, headers[header] ?? ""], { input: body });
    return stdout.toString().trim() === "True";
  };
}

function accepts(verify: () => unknown): boolean {
  try {
    verify();
    return true;
  } catch {
    return false;
  }
}
