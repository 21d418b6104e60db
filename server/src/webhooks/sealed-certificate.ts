import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { ReasonedProblem } from "../domain/errors.ts";
import type { GivenClientCertificate } from "./client-certificate-input.ts";
import type { SecretBox, SecretOwner } from "./secret-box.ts";

/** A client certificate as it is kept. */
export interface SealedCertificate {
  /** PEM; certificates of its chain may follow. */
  readonly certificate: string;
  /** PEM, encrypted. */
  readonly privateKey: string;
}

/** What a certificate says of itself. */
export interface CertificateFacts {
  /** Distinguished name, for example `O=Lezzet Durağı, CN=crm-client`. */
  readonly subject: string;
  readonly issuer: string;
  readonly expiresAt: Date;
}

export interface CertificateSealingInput {
  readonly given: GivenClientCertificate;
  /** The one so far, whose key stays if none is given; null if there is none. */
  readonly known: SealedCertificate | null;
  readonly owner: SecretOwner;
  readonly secretBox: SecretBox;
  /** Epoch milliseconds. */
  readonly now: number;
}

export type CertificateSealingResult =
  | { readonly ok: true; readonly sealed: SealedCertificate | null }
  | { readonly ok: false; readonly problem: ReasonedProblem };

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const CHAIN_LENGTH_MAX = 10;
const RSA_BITS_MIN = 2_048;
const KEY_TYPES: readonly (string | undefined)[] = ["rsa", "rsa-pss", "ec", "ed25519"];

/** Judges a certificate and its key and encrypts the key; null when it is taken away. The field of a problem is a path within the certificate. */
export function sealClientCertificate(input: CertificateSealingInput): CertificateSealingResult {
  const { given, known, owner, secretBox, now } = input;
  const keyText = given.privateKey || null;
  if (!given.certificate) {
    return keyText === null ? { ok: true, sealed: null } : refused("certificate", "is required", "REQUIRED");
  }
  const chain = parseChain(given.certificate);
  const [leaf] = chain ?? [];
  if (chain === null || leaf === undefined) {
    return refused("certificate", "must be a certificate in PEM format", "CERTIFICATE_UNREADABLE");
  }
  if (leaf.validToDate.getTime() <= now) {
    return refused("certificate", `expired on ${leaf.validToDate.toISOString()}`, "CERTIFICATE_EXPIRED");
  }
  const knownKey = known === null ? null : secretBox.open(known.privateKey, owner);
  const pem = keyText ?? knownKey;
  if (pem === null) return refused("privateKey", "is required", "REQUIRED");
  const key = parseKey(pem);
  if (typeof key === "string") return refused("privateKey", key, "PRIVATE_KEY_UNUSABLE");
  if (!leaf.checkPrivateKey(key)) {
    const message =
      keyText === null
        ? "is required: the saved one belongs to another certificate"
        : "does not belong to the certificate";
    return refused("privateKey", message, "PRIVATE_KEY_OF_ANOTHER");
  }
  return {
    ok: true,
    sealed: { certificate: chain.map(String).join(""), privateKey: secretBox.seal(pem, owner) },
  };
}

/** What the first certificate of a chain that was sealed says. */
export function certificateFacts({ certificate }: Pick<SealedCertificate, "certificate">): CertificateFacts {
  const { subject, issuer, validToDate } = new X509Certificate(certificate);
  return { subject: oneLine(subject), issuer: oneLine(issuer), expiresAt: validToDate };
}

function parseChain(pem: string): readonly X509Certificate[] | null {
  const texts = pem.match(PEM_CERTIFICATE) ?? [];
  if (texts.length > CHAIN_LENGTH_MAX) return null;
  try {
    return texts.map((text) => new X509Certificate(text));
  } catch {
    return null;
  }
}

/** The key, or why it cannot be used. What OpenSSL says about it is not repeated: it is about a secret. */
function parseKey(pem: string): KeyObject | string {
  if (/ENCRYPTED/.test(pem)) return "must be without a passphrase";
  try {
    const key = createPrivateKey(pem);
    const { modulusLength = RSA_BITS_MIN } = key.asymmetricKeyDetails ?? {};
    if (!KEY_TYPES.includes(key.asymmetricKeyType)) return "must be an RSA, EC or Ed25519 key";
    return modulusLength < RSA_BITS_MIN ? `must have at least ${RSA_BITS_MIN} bits` : key;
  } catch {
    return "must be a private key in PEM format";
  }
}

function refused(field: string, message: string, reason: ReasonedProblem["reason"]): CertificateSealingResult {
  return { ok: false, problem: { field, message, reason } };
}

/** Node gives one attribute per line. */
function oneLine(name: string | undefined): string {
  return (name ?? "").split("\n").join(", ");
}
