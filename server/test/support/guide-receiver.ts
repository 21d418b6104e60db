import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../bench/free-port.ts";
import { eventually } from "./fixtures.ts";
import type { GuideBlock } from "./guide-blocks.ts";
import type { ReceivedRequest } from "./receiver.ts";

export type SignedRequest = Pick<ReceivedRequest, "headers" | "body">;

/** A program of the guide that verifies requests. */
export interface GuideReceiver {
  /** Whether the program takes the request for genuine. @throws when it answers anything but yes or no. */
  accepts(request: SignedRequest): Promise<boolean>;
  stop(): void;
}

const SERVER = join(import.meta.dirname, "../..");
const CSPROJ = `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>
  <OutputType>Exe</OutputType><TargetFramework>net$(BundledNETCoreAppTargetFrameworkVersion)</TargetFramework><AssemblyName>receiver</AssemblyName>
</PropertyGroup></Project>`;

type Command = readonly [string, ...string[]];

/** Makes a program in a folder, and says how it is started. */
const TOOLCHAINS: Readonly<Record<string, (code: string, folder: string, port: number) => Command>> = {
  js: (code) => [process.execPath, "--input-type=module", "--eval", code],
  python: (code) => ["python3", "-c", code],
  php(code, folder, port) {
    writeFileSync(join(folder, "receiver.php"), code);
    return ["php", "-S", `127.0.0.1:${port}`, join(folder, "receiver.php")];
  },
  go(code, folder) {
    writeFileSync(join(folder, "receiver.go"), code);
    execFileSync("go", ["build", "-o", "receiver", "receiver.go"], { cwd: folder, stdio: "pipe" });
    return [join(folder, "receiver")];
  },
  csharp(code, folder) {
    writeFileSync(join(folder, "Program.cs"), code);
    if (isInstalled("dotnet")) {
      writeFileSync(join(folder, "receiver.csproj"), CSPROJ);
      execFileSync("dotnet", ["build", "--output", "out"], { cwd: folder, stdio: "pipe" });
      return ["dotnet", join(folder, "out", "receiver.dll")];
    }
    execFileSync("mcs", ["-out:receiver.exe", "Program.cs"], { cwd: folder, stdio: "pipe" });
    return ["mono", join(folder, "receiver.exe")];
  },
};

const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  js: [],
  python: ["python3"],
  php: ["php"],
  go: ["go"],
  csharp: ["dotnet", "mcs"],
  sh: ["bash", "openssl"],
};

/** Why the program cannot be run on this machine; null when it can. */
export function missingFor({ language, code }: GuideBlock): string | null {
  const programs = PROGRAMS[language] ?? [];
  const isAnyEnough = language === "csharp";
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length > (isAnyEnough ? programs.length - 1 : 0)) {
    return `${missing.join(isAnyEnough ? " or " : " and ")} is not installed`;
  }
  const isLibraryMissing =
    language === "python" &&
    code.includes("from standardwebhooks") &&
    spawnSync("python3", ["-c", "import standardwebhooks"]).status !== 0;
  return isLibraryMissing ? "the Python package standardwebhooks is not installed" : null;
}

function isInstalled(program: string): boolean {
  return spawnSync("which", [program]).status === 0;
}

/** Starts a receiver of the guide with its secret. What only checks a saved request is not started before there is one. */
export async function startGuideReceiver(block: GuideBlock, secret: string): Promise<GuideReceiver> {
  const folder = mkdtempSync(join(tmpdir(), "vera-qr-guide-"));
  const env = { ...process.env, WEBHOOK_SECRET: secret };
  if (block.role.startsWith("command")) {
    return {
      accepts: async (request) => runCommand(block.code, folder, request, env),
      stop: () => rmSync(folder, { recursive: true }),
    };
  }
  const port = await findFreePort();
  const makeProgram = TOOLCHAINS[block.language];
  if (makeProgram === undefined) throw new Error(`Nobody knows how to run ${block.language}.`);
  const [command, ...args] = makeProgram(block.code, folder, port);
  const program = spawn(command, args, { cwd: SERVER, env: { ...env, PORT: String(port) }, stdio: "ignore" });
  await eventually(
    () => isListening(port),
    (isUp) => {
      if (program.exitCode !== null) throw new Error(`The receiver ended with status ${program.exitCode}.`);
      return isUp;
    },
  );
  return {
    async accepts({ headers, body }) {
      const { host: _host, connection: _connection, "content-length": _length, ...sent } = headers;
      const { status } = await fetch(`http://127.0.0.1:${port}/`, {
        method: "POST",
        headers: sent,
        body: new Uint8Array(body),
      });
      if (status !== 204 && status !== 401) throw new Error(`The receiver answered ${status}.`);
      return status === 204;
    },
    stop() {
      program.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

function runCommand(code: string, folder: string, { headers, body }: SignedRequest, env: NodeJS.ProcessEnv): boolean {
  const files = {
    script: join(folder, "verify.sh"),
    headers: join(folder, "headers.txt"),
    body: join(folder, "body.json"),
  };
  writeFileSync(files.script, code);
  writeFileSync(
    files.headers,
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join(""),
  );
  writeFileSync(files.body, body);
  const { status, stderr } = spawnSync("bash", ["-euo", "pipefail", files.script, files.headers, files.body], { env });
  if (status !== 0 && (status !== 1 || stderr.length > 0)) throw new Error(`It ended with status ${status}: ${stderr}`);
  return status === 0;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
