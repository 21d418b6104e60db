import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { choosePostgresUser } from "../embedded/postgres-user.ts";

const isRoot = process.getuid?.() === 0;
let closed: string;

beforeEach(() => {
  closed = mkdtempSync(join(tmpdir(), "vera-qr-user-"));
  mkdirSync(join(closed, "checkout"));
  writeFileSync(join(closed, "checkout/program"), "");
});

afterEach(() => rmSync(closed, { recursive: true }));

/** What a program learns about itself and about the file when it is started for `paths`. */
function runFor(path: string): { uid: number; capabilities: bigint; hasAccess: boolean } {
  const script = `
    const fs = require("node:fs");
    const capabilities = /^CapEff:\\s*(.*)$/m.exec(fs.readFileSync("/proc/self/status", "utf8"))[1];
    let hasAccess = true;
    try { fs.accessSync(process.argv[1]) } catch { hasAccess = false }
    console.log(JSON.stringify({ uid: process.getuid(), capabilities, hasAccess }));`;
  const { command, args, identity } = choosePostgresUser([path]).commandFor(
    process.execPath,
    ["-e", script, path],
    "KILL",
  );
  const { stdout, stderr } = spawnSync(command, args, { ...identity, cwd: "/", encoding: "utf8" });
  expect(stderr).toBe("");
  const { uid, capabilities, hasAccess } = JSON.parse(stdout);
  return { uid, capabilities: BigInt(`0x${capabilities}`), hasAccess };
}

describe.runIf(isRoot)("as root", () => {
  test("PostgreSQL runs as nobody and with no rights where everybody may enter", () => {
    chmodSync(closed, 0o755);
    expect(runFor(join(closed, "checkout/program"))).toEqual({ uid: 65534, capabilities: 0n, hasAccess: true });
  });

  test("PostgreSQL runs as nobody below a directory that only root may enter, and its own access checks pass", () => {
    const { uid, capabilities, hasAccess } = runFor(join(closed, "checkout/program"));
    expect({ uid, hasAccess }).toEqual({ uid: 65534, hasAccess: true });
    // Nothing but passing by the permissions of files: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH.
    expect(capabilities & ~0b110n).toBe(0n);
  });
});

test.runIf(!isRoot)("a plain user's PostgreSQL runs as that user", () => {
  expect(runFor(join(closed, "checkout/program")).uid).toBe(process.getuid?.());
});
