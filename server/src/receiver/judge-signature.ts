import type { KeyObject } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { Clock } from "../clock.ts";
import { checkSignatures, type KnownSecret, type SignatureFinding } from "../domain/check-signatures.ts";

export interface SignedRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Judgement {
  /** The secret with which the signature verifies. */
  readonly verifying: KnownSecret | undefined;
  readonly standard: SignatureFinding;
}

export interface JudgeSignatureDeps {
  /** Of all the organization's webhooks, as this process knows them. */
  readonly secretsOf: (organizationId: string) => readonly KnownSecret[];
  /** Has `secretsOf` know what other processes have changed. */
  readonly refreshSecrets: () => Promise<void>;
  readonly clock: Clock;
}

/** Whose webhook a request is by its signature. Secrets are read again before a signature is called wrong: another process may just have made one. */
export async function judgeSignature(
  { secretsOf, refreshSecrets, clock }: JudgeSignatureDeps,
  organizationId: string,
  request: SignedRequest,
): Promise<Judgement> {
  const known = verifyingSecret(request, secretsOf(organizationId), clock.now());
  if (known === undefined) await refreshSecrets();
  const secrets = known === undefined ? secretsOf(organizationId) : [known];
  const verifying = known ?? verifyingSecret(request, secrets, clock.now());
  const [standard] = checkSignatures(request, secrets, clock.now());
  return { verifying, standard };
}

const libraries = new WeakMap<KeyObject, Webhook>();

/** Asks the public library, as receivers do. */
function verifyingSecret(
  { headers, body }: SignedRequest,
  secrets: readonly KnownSecret[],
  now: number,
): KnownSecret | undefined {
  return secrets.find(({ key, signsUntil }) => {
    if (signsUntil !== null && signsUntil <= now) return false;
    const library = libraries.get(key) ?? new Webhook(key.export().toString("base64"));
    libraries.set(key, library);
    try {
      library.verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  });
}
