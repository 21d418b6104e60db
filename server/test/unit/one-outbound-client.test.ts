import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const SOURCES = join(import.meta.dirname, "../../src");
const GUARDED = new Set(["dispatcher/send.ts", "dispatcher/guarded-connector.ts", "dispatcher/describe-failure.ts"]);
const OUTBOUND = [
  /(?<![.\w])fetch\(/,
  /\bhttps?\.(request|get)\(/,
  /import \{[^}]*\b(request|get)\b[^}]*\} from "node:https?"/,
  /from "node:(https|http2|tls|dgram)"/,
  /from "(undici|axios|got|node-fetch|ky)"/,
  /\b(net|tls)\.connect\(/,
  /import \{[^}]*\b(connect|createConnection)\b[^}]*\} from "node:net"/,
  /new WebSocket\(/,
];

test("only the guarded sender opens connections to the outside", () => {
  const offenders = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !GUARDED.has(file))
    .filter((file) => {
      const source = readFileSync(join(SOURCES, file), "utf8");
      return OUTBOUND.some((pattern) => pattern.test(source));
    });
  expect(offenders).toEqual([]);
});
