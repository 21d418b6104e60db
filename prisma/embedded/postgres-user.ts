import { spawnSync } from "node:child_process";
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

/** We ourselves, or, when we are root, `nobody`: really, or only in name; `paths` are what that user must reach. No user is ever created. */
export function choosePostgresUser(paths: readonly string[]): PostgresUser {
  if (process.getuid === undefined || process.getgid === undefined) {
    throw new Error("The embedded PostgreSQL is not supported on this operating system. Set DATABASE_URL.");
  }
  const setpriv = findSetpriv();
  const ourselves = { uid: process.getuid(), gid: process.getgid() };
  if (ourselves.uid !== 0) return { ...ourselves, commandFor: commandThrough(setpriv, [], null) };

  const nobody = findNobody();
  if (paths.every(isOpenToOthers)) {
    const become = [`--reuid=${nobody.uid}`, `--regid=${nobody.gid}`, "--clear-groups", "--inh-caps=-all", "--ambient-caps=-all"];
    return { ...nobody, commandFor: commandThrough(setpriv, become, setpriv === null ? nobody : null) };
  }
  // Below a directory that only root may enter, nobody cannot pass, and capabilities do not help: PostgreSQL asks with access(2),
  // which ignores them. In a user namespace of its own, root is called nobody and still reaches what root owns.
  const mapping = ["--user", `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`];
  if (setpriv === null || spawnSync("unshare", [...mapping, "true"]).status !== 0) {
    throw new Error(
      "PostgreSQL does not run as root, the user nobody cannot reach its files here, and this system forbids user namespaces. " +
        "Move the checkout to a directory that others may enter, start as a plain user, or set DATABASE_URL.",
    );
  }
  const inNamespace = commandThrough(setpriv, [], null);
  return {
    ...ourselves,
    commandFor(binary, args, orphanSignal) {
      const { command, args: rest } = inNamespace(binary, args, orphanSignal);
      return { command: "unshare", args: [...mapping, "--", command, ...rest], identity: null };
    },
  };
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
