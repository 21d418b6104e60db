import { z } from "zod";
import { parseInput } from "../domain/parse-input.ts";
import { AUTHENTICATION_TYPES, type AuthenticationType } from "../domain/receiver-authentication.ts";
import { clientCertificate } from "../webhooks/client-certificate-input.ts";
import { AUTHENTICATION_FIELDS } from "../webhooks/receiver-authentication-input.ts";
import { type SealedAuthentication, shownAuthentication } from "../webhooks/sealed-authentication.ts";
import { certificateFacts, type SealedCertificate } from "../webhooks/sealed-certificate.ts";
import { time } from "./fields.ts";
import { camelCaseInput, snakeCase, snakeCaseSchema } from "./snake-case.ts";

const NONE = "none";
const TYPES = [NONE, ...AUTHENTICATION_TYPES.map(snakeCase)];
const typeIs = (type: string, description: string) => z.literal(type).describe(description);

const authentication = z.discriminatedUnion("type", [
  z.object({ type: typeIs(NONE, "Nothing but the signature.") }),
  described("header", "A header with a secret value."),
  described("basic", "User name and password (RFC 7617)."),
  described("oauth2ClientCredentials", "An access token for the client's own credentials (RFC 6749, 4.4)."),
  described("oauth2RefreshToken", "An access token for a refresh token (RFC 6749, 6)."),
  described("body", "A secret in the body."),
]);

/** Strict, as an object without known fields takes the certificate away. */
const certificate = snakeCaseSchema(clientCertificate).strict();

/** The façade's spelling of how a webhook's requests log in. */
export const loginBody = {
  authentication: authentication.nullish().describe("How requests say who they are, besides the signature."),
  client_certificate: certificate
    .nullish()
    .describe("What TLS connections identify themselves with (mTLS). An empty object takes it away."),
};

/** In the façade, the type is a field among the others. */
export const loginRow = {
  authentication: z
    .object({
      type: z.enum(AUTHENTICATION_TYPES.map(snakeCase)).describe("The way."),
      name: z.string().optional().describe("Name of the header."),
      username: z.string().optional().describe("User name."),
      token_url: z.string().optional().describe("Token endpoint."),
      client_id: z.string().optional().describe("The client's id there."),
      scope: z.string().optional().describe("What is asked for."),
      client_authentication: z.string().optional().describe("`basic` or `body`."),
      scheme: z.string().optional().describe("What stands before the access token."),
    })
    .nullable()
    .describe("How requests log in at the receiver, without secrets; null if they do not."),
  client_certificate: z
    .object({
      subject: z.string().describe("Whose it is."),
      issuer: z.string().describe("Who vouches for it."),
      expires_at: time.describe("When it ends."),
    })
    .nullable()
    .describe("What TLS connections identify themselves with; null for nothing."),
};

const typed = z.object({
  authentication: z
    .looseObject(
      { type: z.enum(TYPES, { error: `must be one of ${TYPES.join(", ")}` }) },
      { error: "must be an object" },
    )
    .nullish(),
  client_certificate: certificate.nullish(),
});

/**
 * The use-case's input of how a webhook's requests log in, unchecked but for the type.
 * @throws InvalidInputError when the type is none.
 */
export function toLoginInput(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { authentication: given, client_certificate: pem } = parseInput(typed, body);
  const type = AUTHENTICATION_TYPES.find((name) => snakeCase(name) === given?.type);
  return {
    ...(given != null && {
      authentication:
        type === undefined ? { none: true } : { [type]: camelCaseInput(AUTHENTICATION_FIELDS[type], given) },
    }),
    ...(pem != null && { clientCertificate: camelCaseInput(clientCertificate, pem) }),
  };
}

/** How a webhook logs in, as the façade shows it. */
export function toLoginRow(webhook: { readonly authentication: unknown; readonly clientCertificate: unknown }) {
  const sealed = webhook.authentication as SealedAuthentication | null;
  const kept = webhook.clientCertificate as SealedCertificate | null;
  return {
    authentication:
      sealed === null ? null : { type: snakeCase(sealed.type), ...snakeCased(shownAuthentication(sealed)) },
    client_certificate: kept === null ? null : certificateRow(kept),
  };
}

function certificateRow(kept: SealedCertificate) {
  const { subject, issuer, expiresAt } = certificateFacts(kept);
  return { subject, issuer, expires_at: expiresAt.toISOString() };
}

function described(type: AuthenticationType, description: string) {
  return snakeCaseSchema(AUTHENTICATION_FIELDS[type]).extend({ type: typeIs(snakeCase(type), description) });
}

function snakeCased(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [snakeCase(name), value]));
}
