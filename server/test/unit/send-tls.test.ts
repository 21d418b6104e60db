import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, getCACertificates, setDefaultCACertificates, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aRequest, createTestSender } from "../support/attempt.ts";
import { HAS_OPENSSL, makeCertificate, type TestCertificate } from "../support/certificates.ts";

const directory = mkdtempSync(join(tmpdir(), "send-tls-"));
const defaultAuthorities = getCACertificates("default");
const servers: Server[] = [];
const sender = createTestSender({
  connectTimeoutMs: 300,
  guard: { resolve: async () => [{ address: "127.0.0.1", family: 4 }] },
});

beforeAll(() => setDefaultCACertificates(defaultAuthorities));
afterAll(async () => {
  setDefaultCACertificates(defaultAuthorities);
  rmSync(directory, { recursive: true });
  for (const server of servers) server.close();
  await sender.close();
});

interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
}

function certificateFor(name: string): Certificate {
  const [key, cert] = [join(directory, `${name}.key`), join(directory, `${name}.pem`)];
  const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  execFileSync("openssl", ["req", "-x509", ...curve, "-keyout", key, "-out", cert, ...subject], {
    stdio: "ignore",
  });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as { port: number }).port;
}

function serveTls(certificate: Certificate, onConnection: (socket: TLSSocket) => void = () => {}): Promise<number> {
  const server = createServer({ ...certificate, ALPNProtocols: ["h2", "http/1.1"] }, (socket) => {
    onConnection(socket);
    socket
      .on("error", () => {})
      .on("data", () => socket.end("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
  });
  server.on("tlsClientError", () => {});
  return listen(server);
}

describe.skipIf(spawnSync("openssl", ["version"]).status !== 0)("a certificate", () => {
  test("that nobody vouches for is refused, whatever the environment says", async () => {
    const port = await serveTls(certificateFor("crm.example"));
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    const result = await sender.send(aRequest(`https://crm.example:${port}/`));
    delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    expect(result).toMatchObject({
      outcome: "unreachable",
      errorCode: "DEPTH_ZERO_SELF_SIGNED_CERT",
      errorMessage: "The receiver's TLS certificate is self-signed.",
      responseTimeMs: null,
    });
  });

  test("that is trusted serves requests over HTTP/1.1 under the URL's name, and its session is resumed", async () => {
    const certificate = certificateFor("trusted.example");
    setDefaultCACertificates([certificate.cert.toString()]);
    const seen: unknown[] = [];
    const port = await serveTls(certificate, (socket) => {
      seen.push([
        (socket as TLSSocket & { servername: string }).servername,
        socket.alpnProtocol,
        socket.isSessionReused(),
      ]);
    });
    const url = `https://trusted.example:${port}/`;
    expect((await sender.send(aRequest(url))).outcome).toBe("delivered");
    expect((await sender.send(aRequest(url))).outcome).toBe("delivered");
    expect(seen).toEqual([
      ["trusted.example", "http/1.1", false],
      ["trusted.example", "http/1.1", true],
    ]);
  });

  test("for another name is refused", async () => {
    const certificate = certificateFor("other.example");
    setDefaultCACertificates([certificate.cert.toString()]);
    const port = await serveTls(certificate);
    expect(await sender.send(aRequest(`https://crm.example:${port}/`))).toMatchObject({
      errorCode: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
    expect(await sender.send(aRequest(`https://127.0.0.1:${port}/`))).toMatchObject({
      errorCode: "ERR_TLS_CERT_ALTNAME_INVALID",
    });
  });
});

test("plain HTTP where TLS is expected is a failed handshake", async () => {
  const port = await listen(
    createTcpServer((socket) => void socket.on("error", () => {}).end("HTTP/1.1 400 Bad Request\r\n\r\n")),
  );
  const result = await sender.send(aRequest(`https://crm.example:${port}/`));
  expect(result).toMatchObject({ outcome: "unreachable", errorMessage: "The TLS handshake failed." });
});

test("a handshake that never ends is given up after the time for connecting", async () => {
  const sockets: Socket[] = [];
  const port = await listen(createTcpServer((socket) => void sockets.push(socket.on("error", () => {}))));
  const start = performance.now();
  const result = await sender.send(aRequest(`https://crm.example:${port}/`));
  expect(result).toMatchObject({ outcome: "unreachable", errorCode: "CONNECT_TIMEOUT" });
  expect(performance.now() - start).toBeLessThan(550);
  for (const socket of sockets) socket.destroy();
});

describe.skipIf(!HAS_OPENSSL)("a receiver that wants a client certificate", () => {
  const mine = makeCertificate("client.example");
  const other = makeCertificate("other.example");
  // Connections of one identity are kept, with the authorities that they trust: each test has its own.
  let identities = 0;
  const identityOf = ({ certificate, privateKey }: TestCertificate) => ({
    fingerprint: String(identities++),
    certificate,
    privateKey,
  });

  async function serveMutualTls(name: string, seen: string[]): Promise<string> {
    const certificate = certificateFor(name);
    setDefaultCACertificates([certificate.cert.toString()]);
    const server = createServer({ ...certificate, requestCert: true, ca: [mine.certificate] }, (socket) => {
      seen.push(String(socket.getPeerCertificate().subject.CN));
      socket
        .on("error", () => {})
        .on("data", () => socket.end("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
    });
    server.on("tlsClientError", () => {});
    return `https://${name}:${await listen(server)}/`;
  }

  test("gets the webhook's, also over a session that is resumed", async () => {
    const seen: string[] = [];
    const url = await serveMutualTls("mutual.example", seen);
    const identity = identityOf(mine);
    for (let count = 0; count < 2; count++) {
      const result = await sender.send(aRequest(url, { identity }));
      expect(result).toMatchObject({ outcome: "delivered" });
    }
    expect(seen).toEqual(["client.example", "client.example"]);
  });

  test("refuses another one, and none, also after the right one was used", async () => {
    const url = await serveMutualTls("strict.example", []);
    expect(await sender.send(aRequest(url, { identity: identityOf(mine) }))).toMatchObject({ outcome: "delivered" });
    for (const identity of [identityOf(other), null]) {
      const result = await sender.send(aRequest(url, { identity }));
      expect(result).toMatchObject({ outcome: "unreachable" });
    }
  });

  test("is not told about a key that cannot be used: the request fails by itself", async () => {
    const url = await serveMutualTls("broken.example", []);
    const broken = identityOf({ certificate: mine.certificate, privateKey: other.privateKey });
    expect(await sender.send(aRequest(url, { identity: broken }))).toMatchObject({
      outcome: "unreachable",
    });
  });
});
