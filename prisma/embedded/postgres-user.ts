import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** Who runs PostgreSQL's programs, which refuse to run as root. */
export interface PostgresUser {
  readonly uid: number;
  readonly gid: number;
  /** How to start `binary`, which gets `orphanSignal` should its parent die before it (where the system offers that). */
  commandFor(binary: string, args: readonly string[], orphanSignal: "INT" | "KILL"): PostgresCommand;
}

interface PostgresCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** User to start it as; null for the one we are, or when the command itself changes it. */
  readonly identity: { readonly uid: number; readonly gid: number } | null;
}

/** We ourselves, or `nobody` when we are root; `paths` are what that user must reach. No user is ever created. */
export function choosePostgresUser(paths: readonly string[]): PostgresUser {
  if (process.getuid === undefined || process.getgid === undefined) {
    throw new Error("The embedded PostgreSQL is not supported on this operating system. Set DATABASE_URL.");
  }
  const setpriv = findSetpriv();
  const ourselves = { uid: process.getuid(), gid: process.getgid() };
  if (ourselves.uid !== 0) return { ...ourselves, commandFor: commandThrough(setpriv, [], null) };

  const nobody = findNobody();
  const isReachable = paths.every(isOpenToOthers);
  if (setpriv === null && !isReachable) {
    throw new Error(
      "PostgreSQL does not run as root, and the user nobody cannot reach its files here. " +
        "Install setpriv (package util-linux), start as a plain user, or set DATABASE_URL.",
    );
  }
  // Below a directory that only root may enter, nobody needs the right to pass; anywhere else it gets no rights at all.
  const capabilities = ["-all", ...(isReachable ? [] : heldCapabilities())].join(",");
  const become = [
    // access(2), with which PostgreSQL looks for its programs, ignores capabilities of a plain user without this bit.
    ...(isReachable ? [] : ["--securebits=+no_setuid_fixup"]),
    `--reuid=${nobody.uid}`,
    `--regid=${nobody.gid}`,
    "--clear-groups",
    `--inh-caps=${capabilities}`,
    `--ambient-caps=${capabilities}`,
  ];
  return { ...nobody, commandFor: commandThrough(setpriv, become, setpriv === null ? nobody : null) };
}

function commandThrough(
  setpriv: string | null,
  flags: readonly string[],
  identity: PostgresCommand["identity"],
): PostgresUser["commandFor"] {
  if (setpriv === null) return (binary, args) => ({ command: binary, args, identity });
  return (binary, args, orphanSignal) => ({
    command: setpriv,
    args: [`--pdeathsig=${orphanSignal}`, ...flags, "--", binary, ...args],
    identity,
  });
}

function findSetpriv(): string | null {
  if (process.platform !== "linux") return null;
  for (const directory of [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/bin"]) {
    try {
      accessSync(join(directory, "setpriv"), constants.X_OK);
      return join(directory, "setpriv");
    } catch {
      // Not in this directory.
    }
  }
  return null;
}

function findNobody(): { uid: number; gid: number } {
  const entry = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8"));
  return entry === null ? { uid: 65534, gid: 65534 } : { uid: Number(entry[1]), gid: Number(entry[2]) };
}

function isOpenToOthers(path: string): boolean {
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    if ((statSync(directory).mode & 0o001) === 0) return false;
    if (directory === dirname(directory)) return true;
  }
}

/** Those of the two that root holds here: containers often lack the second, and the first includes it. */
function heldCapabilities(): string[] {
  const permitted = /^CapPrm:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"));
  const held = BigInt(`0x${permitted?.[1] ?? "0"}`);
  return ["+dac_override", "+dac_read_search"].filter((_, index) => (held >> BigInt(index + 1)) & 1n);
}
