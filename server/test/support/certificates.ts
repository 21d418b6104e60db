import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** PEM. */
export interface TestCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

export const HAS_OPENSSL = spawnSync("openssl", ["version"]).status === 0;

/** A self-signed certificate for a name, made with `openssl`. */
export function makeCertificate(
  name: string,
  options: { readonly days?: number; readonly key?: readonly string[] } = {},
): TestCertificate {
  const { days = 30, key = ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"] } = options;
  const directory = mkdtempSync(join(tmpdir(), "certificate-"));
  const [keyFile, certificateFile] = [join(directory, "key.pem"), join(directory, "certificate.pem")];
  try {
    const subject = ["-subj", `/O=Lezzet Duragi/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
    const output = ["-nodes", "-keyout", keyFile, "-out", certificateFile, "-days", String(days)];
    execFileSync("openssl", ["req", "-x509", "-newkey", ...key, ...output, ...subject], { stdio: "ignore" });
    return { certificate: readFileSync(certificateFile, "utf8"), privateKey: readFileSync(keyFile, "utf8") };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
