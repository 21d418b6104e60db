import type { ReasonedProblem } from "../domain/errors.ts";
import {
  AUTHENTICATION_SECRETS,
  DEFAULT_TOKEN_SCHEME,
  type ReceiverAuthentication,
} from "../domain/receiver-authentication.ts";
import type { GivenAuthentication } from "./receiver-authentication-input.ts";
import type { SecretBox, SecretOwner } from "./secret-box.ts";

/** An authentication as it is kept, its secrets encrypted. `loginId` is new after every change: tokens of another one are not used. */
export type SealedAuthentication = ReceiverAuthentication & { readonly loginId: string };

export interface SealingInput {
  readonly given: GivenAuthentication;
  /** The one so far, whose secrets stay where none are given; null if there is none. */
  readonly known: SealedAuthentication | null;
  readonly owner: SecretOwner;
  readonly secretBox: SecretBox;
  readonly loginId: string;
}

export type SealingResult =
  | { readonly ok: true; readonly sealed: SealedAuthentication; readonly newSecrets: readonly string[] }
  | { readonly ok: false; readonly problems: readonly ReasonedProblem[] };

/** Encrypts the secrets that are given, and keeps those that are not. Fields of problems are paths within the authentication. */
export function sealAuthentication({ given, known, owner, secretBox, loginId }: SealingInput): SealingResult {
  const fields: Readonly<Record<string, unknown>> = given;
  const names = AUTHENTICATION_SECRETS[given.type];
  const newSecrets = names.filter((name) => fields[name] != null);
  // A secret goes only where the person who gave it said: not to another host's token endpoint.
  const kept: Readonly<Record<string, unknown>> = known !== null && isSamePlace(given, known) ? { ...known } : {};
  const missing = names.filter((name) => fields[name] == null && kept[name] === undefined);
  if (missing.length > 0) {
    const message = known?.type === given.type ? "is required, as the token URL leads to another host" : "is required";
    return {
      ok: false,
      problems: missing.map((name) => ({ field: `${given.type}.${name}`, message, reason: "REQUIRED" })),
    };
  }
  const secrets = names.map((name) => {
    const value = fields[name];
    return [name, typeof value === "string" ? secretBox.seal(value, owner) : kept[name]];
  });
  const sealed = { ...given, ...defaultsOf(given), ...Object.fromEntries(secrets), loginId } as SealedAuthentication;
  return { ok: true, sealed, newSecrets };
}

/** @throws SecretUnreadableError when a secret cannot be opened. */
export function openAuthentication(
  sealed: SealedAuthentication,
  owner: SecretOwner,
  secretBox: SecretBox,
): SealedAuthentication {
  const fields = sealed as unknown as Readonly<Record<string, string>>;
  const secrets = AUTHENTICATION_SECRETS[sealed.type].map((name) => [name, secretBox.open(fields[name] ?? "", owner)]);
  return { ...sealed, ...Object.fromEntries(secrets) };
}

/** What may be shown of it: everything but the secrets. */
export function shownAuthentication(sealed: SealedAuthentication): Readonly<Record<string, string>> {
  const hidden = ["type", "loginId", ...AUTHENTICATION_SECRETS[sealed.type]];
  return Object.fromEntries(Object.entries(sealed).filter(([name, value]) => !hidden.includes(name) && value !== null));
}

function isSamePlace(given: GivenAuthentication, known: SealedAuthentication): boolean {
  if (given.type !== known.type) return false;
  return !("tokenUrl" in given && "tokenUrl" in known) || new URL(given.tokenUrl).host === new URL(known.tokenUrl).host;
}

function defaultsOf(given: GivenAuthentication): object {
  if (!("tokenUrl" in given)) return {};
  return {
    scope: given.scope || null,
    clientAuthentication: given.clientAuthentication ?? "basic",
    scheme: given.scheme ?? DEFAULT_TOKEN_SCHEME,
  };
}
