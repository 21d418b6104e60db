import { Prisma } from "@vera-qr/prisma/client";
import type { Clock } from "../clock.ts";
import type { AddressGuard } from "../dispatcher/address-guard.ts";
import { InvalidInputError } from "../domain/errors.ts";
import { authenticationHeaderName } from "../domain/receiver-authentication.ts";
import { uuidV7 } from "../domain/uuid-v7.ts";
import { checkUrl } from "./check-url.ts";
import type { GivenClientCertificate } from "./client-certificate-input.ts";
import type { GivenAuthentication } from "./receiver-authentication-input.ts";
import { type SealedAuthentication, sealAuthentication, shownAuthentication } from "./sealed-authentication.ts";
import { certificateFacts, type SealedCertificate, sealClientCertificate } from "./sealed-certificate.ts";
import type { SecretBox, SecretOwner } from "./secret-box.ts";

/** The part of a webhook's input that says how its requests log in. Absent and null mean "unchanged". */
export interface LoginInput {
  readonly authentication?: GivenAuthentication | "none" | null | undefined;
  readonly clientCertificate?: GivenClientCertificate | null | undefined;
}

/** The columns of a webhook that say how its requests log in. */
export interface LoginColumns {
  /** `SealedAuthentication`, or null. */
  readonly authentication: unknown;
  /** `SealedCertificate`, or null. */
  readonly clientCertificate: unknown;
}

export const NO_LOGIN: LoginColumns = { authentication: null, clientCertificate: null };

/** What is to be written, and which secrets are new, by name for the audit log. */
export interface SealedLogin {
  readonly columns: LoginColumns;
  readonly newSecrets: readonly string[];
}

/** @throws InvalidInputError when requests may not go to the token endpoint. */
export async function checkLogin(
  guard: Pick<AddressGuard, "checkDestination">,
  { authentication: given, clientCertificate }: LoginInput,
): Promise<LoginInput> {
  if (given == null || given === "none" || !("tokenUrl" in given)) return { authentication: given, clientCertificate };
  const tokenUrl = await checkUrl(guard, given.tokenUrl, `authentication.${given.type}.tokenUrl`);
  return { authentication: { ...given, tokenUrl }, clientCertificate };
}

/** Makes the columns of a login that was checked. @throws InvalidInputError when a secret is missing, or the certificate or its key cannot be used. */
export type SealLogin = (login: LoginInput, known: LoginColumns, owner: SecretOwner) => SealedLogin;

export function createSealLogin({
  secretBox,
  clock,
}: {
  readonly secretBox: SecretBox;
  readonly clock: Clock;
}): SealLogin {
  function authenticationOf(
    given: GivenAuthentication,
    known: SealedAuthentication | null,
    owner: SecretOwner,
  ): { sealed: SealedAuthentication; newSecrets: readonly string[] } {
    const sealing = sealAuthentication({ given, known, owner, secretBox, loginId: uuidV7(clock.now()) });
    if (sealing.ok) return sealing;
    throw new InvalidInputError(
      sealing.problems.map((problem) => ({ ...problem, field: `authentication.${problem.field}` })),
    );
  }

  function certificateOf(
    given: GivenClientCertificate,
    known: SealedCertificate | null,
    owner: SecretOwner,
  ): SealedCertificate | null {
    const sealing = sealClientCertificate({ given, known, owner, secretBox, now: clock.now() });
    if (sealing.ok) return sealing.sealed;
    throw new InvalidInputError([{ ...sealing.problem, field: `clientCertificate.${sealing.problem.field}` }]);
  }

  return ({ authentication: given, clientCertificate }, known, owner) => {
    const before = known.authentication as SealedAuthentication | null;
    const kept = known.clientCertificate as SealedCertificate | null;
    const settled = given == null || given === "none" ? null : authenticationOf(given, before, owner);
    return {
      columns: {
        authentication: given == null ? before : (settled?.sealed ?? null),
        clientCertificate: clientCertificate == null ? kept : certificateOf(clientCertificate, kept, owner),
      },
      newSecrets: [...(settled?.newSecrets ?? []), ...(clientCertificate?.privateKey ? ["privateKey"] : [])],
    };
  };
}

/** Prisma has a word of its own for null in JSON columns. */
export function toDatabase({ authentication, clientCertificate }: LoginColumns) {
  return {
    authentication: (authentication ?? Prisma.DbNull) as Prisma.InputJsonObject | typeof Prisma.DbNull,
    clientCertificate: (clientCertificate ?? Prisma.DbNull) as Prisma.InputJsonObject | typeof Prisma.DbNull,
  };
}

/** Headers that a webhook's login writes: one or none. */
export function loginHeaderNames({ authentication }: Pick<LoginColumns, "authentication">): readonly string[] {
  const sealed = authentication as SealedAuthentication | null;
  const name = sealed === null ? null : authenticationHeaderName(sealed);
  return name === null ? [] : [name];
}

/** How a webhook logs in, as the audit log shows it: no secret. */
export function auditedLogin({ authentication, clientCertificate }: LoginColumns): Prisma.InputJsonObject {
  const sealed = authentication as SealedAuthentication | null;
  const certificate = clientCertificate as SealedCertificate | null;
  return {
    authentication: sealed?.type ?? null,
    authenticationSettings: Object.entries(sealed === null ? {} : shownAuthentication(sealed)).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    clientCertificate: certificate === null ? null : certificateText(certificate),
  };
}

function certificateText(certificate: SealedCertificate): string {
  const { subject, expiresAt } = certificateFacts(certificate);
  return `${subject} (${expiresAt.toISOString()})`;
}
