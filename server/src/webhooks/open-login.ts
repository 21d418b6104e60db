import { hash } from "node:crypto";
import type { OauthSettings } from "../domain/receiver-authentication.ts";
import type { OauthLogin, ReceiverLogin, TlsIdentity } from "../domain/receiver-login.ts";
import { openAuthentication, type SealedAuthentication } from "./sealed-authentication.ts";
import type { SealedCertificate } from "./sealed-certificate.ts";
import type { SecretBox, SecretOwner } from "./secret-box.ts";

type Header = readonly [name: string, value: string];

/** Shorter ones would take too much out of answers. */
const HIDDEN_LENGTH_MIN = 6;

/**
 * A webhook's login with its secrets opened, and the header that it adds to every request alike.
 * @throws SecretUnreadableError when a secret cannot be opened.
 */
export function openLogin(
  sealed: SealedAuthentication | null,
  certificate: SealedCertificate | null,
  owner: SecretOwner,
  secretBox: SecretBox,
): { readonly headers: readonly Header[]; readonly login: ReceiverLogin | null } {
  if (sealed === null && certificate === null) return { headers: [], login: null };
  const opened = sealed === null ? null : openAuthentication(sealed, owner, secretBox);
  const identity = certificate === null ? null : tlsIdentity(certificate, owner, secretBox);
  const login = { oauth: null, bodyCredential: null, identity };
  switch (opened?.type) {
    case undefined:
      return { headers: [], login: { ...login, secrets: [] } };
    case "header":
      return { headers: [[opened.name, opened.value]], login: { ...login, secrets: hidden(opened.value) } };
    case "basic": {
      const credentials = Buffer.from(`${opened.username}:${opened.password}`).toString("base64");
      const secrets = hidden(opened.password, credentials);
      return { headers: [["Authorization", `Basic ${credentials}`]], login: { ...login, secrets } };
    }
    case "body": {
      const bodyCredential = JSON.stringify(opened.credential).slice(1, -1);
      return { headers: [], login: { ...login, bodyCredential, secrets: hidden(opened.credential, bodyCredential) } };
    }
    case "oauth2ClientCredentials":
    case "oauth2RefreshToken":
      return { headers: [], login: { ...login, oauth: oauthLogin(opened, sealed, owner), secrets: [] } };
  }
}

function oauthLogin(
  opened: Extract<SealedAuthentication, OauthSettings>,
  sealed: SealedAuthentication | null,
  { organizationId, webhookConfigId }: SecretOwner,
): OauthLogin {
  const { loginId, clientId, clientSecret, scope, clientAuthentication, scheme } = opened;
  return {
    organizationId,
    webhookConfigId,
    loginId,
    tokenUrl: new URL(opened.tokenUrl),
    clientId,
    clientSecret,
    scope,
    clientAuthentication,
    scheme,
    refreshToken: opened.type === "oauth2RefreshToken" ? opened.refreshToken : null,
    sealedRefreshToken: sealed?.type === "oauth2RefreshToken" ? sealed.refreshToken : null,
  };
}

function tlsIdentity(
  { certificate, privateKey: sealedKey }: SealedCertificate,
  owner: SecretOwner,
  secretBox: SecretBox,
): TlsIdentity {
  const privateKey = secretBox.open(sealedKey, owner);
  return { fingerprint: hash("sha256", certificate + privateKey), certificate, privateKey };
}

function hidden(...secrets: readonly string[]): readonly string[] {
  return [...new Set(secrets)].filter(({ length }) => length >= HIDDEN_LENGTH_MIN);
}
