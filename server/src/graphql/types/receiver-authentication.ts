import {
  AUTHENTICATION_TYPES,
  type AuthenticationType,
  CLIENT_AUTHENTICATIONS,
  type ClientAuthentication,
} from "../../domain/receiver-authentication.ts";
import { type SealedAuthentication, shownAuthentication } from "../../webhooks/sealed-authentication.ts";
import { builder } from "../builder.ts";

const TYPES: Readonly<Record<AuthenticationType, { readonly name: string; readonly description: string }>> = {
  header: { name: "HEADER", description: "A header with a secret value, for example an API key." },
  basic: { name: "BASIC", description: "User name and password in the header `Authorization` (RFC 7617)." },
  oauth2ClientCredentials: {
    name: "OAUTH2_CLIENT_CREDENTIALS",
    description: "An access token that a token endpoint gives for a client's id and secret (RFC 6749, 4.4).",
  },
  oauth2RefreshToken: {
    name: "OAUTH2_REFRESH_TOKEN",
    description: "An access token that a token endpoint gives for a refresh token (RFC 6749, 6).",
  },
  body: { name: "BODY", description: "A secret in the body, where the request template says `{{ credential }}`." },
};

export const AuthenticationTypeEnum = builder.enumType("ReceiverAuthenticationType", {
  description: "How requests say who they are at the receiver, besides the signature that all of them carry.",
  values: Object.fromEntries(
    AUTHENTICATION_TYPES.map((value) => [TYPES[value].name, { value, description: TYPES[value].description }]),
  ) as Record<string, { value: AuthenticationType; description: string }>,
});

const CLIENT_AUTHENTICATION: Readonly<Record<ClientAuthentication, string>> = {
  basic: "In the header `Authorization`.",
  body: "In the form, as `client_id` and `client_secret`.",
};

const ClientAuthenticationEnum = builder.enumType("OauthClientAuthentication", {
  description: "How the client's id and secret are given to the token endpoint (RFC 6749, 2.3.1).",
  values: Object.fromEntries(
    CLIENT_AUTHENTICATIONS.map((value) => [value.toUpperCase(), { value, description: CLIENT_AUTHENTICATION[value] }]),
  ) as Record<string, { value: ClientAuthentication; description: string }>,
});

const KEPT = "Kept encrypted and never shown again. Absent or null keeps the saved one, if the type stays the same.";
const SCOPE = "What is asked for, names separated by spaces; null for what the server gives by itself.";

const HeaderAuthenticationInput = builder.inputType("HeaderAuthenticationInput", {
  description: "A header with a secret value.",
  fields: (t) => ({
    name: t.string({ required: true, description: "Neither one of the service's own headers nor a custom one." }),
    value: t.string({ description: KEPT }),
  }),
});

const BasicAuthenticationInput = builder.inputType("BasicAuthenticationInput", {
  description: "User name and password (RFC 7617).",
  fields: (t) => ({
    username: t.string({ required: true, description: "Without a colon." }),
    password: t.string({ description: `May be empty. ${KEPT}` }),
  }),
});

const Oauth2ClientCredentialsInput = builder.inputType("Oauth2ClientCredentialsInput", {
  description: "An access token for the client's own credentials. What is absent has its default.",
  fields: (t) => ({
    tokenUrl: t.string({
      required: true,
      description: "Absolute `https:` URL of the token endpoint. On another host the secret has to be given anew.",
    }),
    clientId: t.string({ required: true, description: "The client's id there." }),
    clientSecret: t.string({ description: KEPT }),
    scope: t.string({ description: SCOPE }),
    clientAuthentication: t.field({ type: ClientAuthenticationEnum, description: "`BASIC` if absent." }),
    scheme: t.string({ description: "What stands before the token in `Authorization`; `Bearer` if absent." }),
  }),
});

const Oauth2RefreshTokenInput = builder.inputType("Oauth2RefreshTokenInput", {
  description: "An access token for a refresh token. What is absent has its default.",
  fields: (t) => ({
    tokenUrl: t.string({
      required: true,
      description: "Absolute `https:` URL of the token endpoint. On another host the secrets have to be given anew.",
    }),
    clientId: t.string({ required: true, description: "The client's id there." }),
    clientSecret: t.string({ description: KEPT }),
    refreshToken: t.string({ description: `When the server replaces it, the new one is used from then on. ${KEPT}` }),
    scope: t.string({ description: SCOPE }),
    clientAuthentication: t.field({ type: ClientAuthenticationEnum, description: "`BASIC` if absent." }),
    scheme: t.string({ description: "What stands before the token in `Authorization`; `Bearer` if absent." }),
  }),
});

const BodyAuthenticationInput = builder.inputType("BodyAuthenticationInput", {
  description: "A secret in the body.",
  fields: (t) => ({
    credential: t.string({ description: `What \`{{ credential }}\` in the request template stands for. ${KEPT}` }),
  }),
});

export const ReceiverAuthenticationInput = builder.inputType("ReceiverAuthenticationInput", {
  description:
    "How requests are to log in at the receiver. It replaces what was saved, but for secrets that are absent.",
  isOneOf: true,
  fields: (t) => ({
    none: t.boolean({ description: "`true`: nothing but the signature." }),
    header: t.field({ type: HeaderAuthenticationInput, description: "An API key in a header." }),
    basic: t.field({ type: BasicAuthenticationInput, description: "User name and password." }),
    oauth2ClientCredentials: t.field({
      type: Oauth2ClientCredentialsInput,
      description: "OAuth 2.0 with the client's own credentials.",
    }),
    oauth2RefreshToken: t.field({ type: Oauth2RefreshTokenInput, description: "OAuth 2.0 with a refresh token." }),
    body: t.field({ type: BodyAuthenticationInput, description: "A secret in the body." }),
  }),
});

/** What may be shown of an authentication, and until when its token lasts. */
interface ShownAuthentication {
  readonly authentication: SealedAuthentication;
  readonly token: { readonly obtainedAt: Date | null; readonly expiresAt: Date | null } | null;
}

export const ReceiverAuthenticationRef = builder.objectRef<ShownAuthentication>("ReceiverAuthentication").implement({
  description: "How requests log in at the receiver. Its secrets are never shown again.",
  fields: (t) => {
    const shown = (name: string, description: string) =>
      t.string({
        nullable: true,
        description,
        resolve: ({ authentication }) => shownAuthentication(authentication)[name] ?? null,
      });
    return {
      type: t.field({
        type: AuthenticationTypeEnum,
        description: "The way.",
        resolve: ({ authentication }) => authentication.type,
      }),
      headerName: shown("name", "Name of the header; null unless `HEADER`."),
      username: shown("username", "User name; null unless `BASIC`."),
      tokenUrl: shown("tokenUrl", "Token endpoint; null unless OAuth 2.0."),
      clientId: shown("clientId", "The client's id there; null unless OAuth 2.0."),
      scope: shown("scope", "What is asked for; null unless OAuth 2.0, or for what the server gives by itself."),
      clientAuthentication: t.field({
        type: ClientAuthenticationEnum,
        nullable: true,
        description: "How the client says who it is at the token endpoint; null unless OAuth 2.0.",
        resolve: ({ authentication }) =>
          "clientAuthentication" in authentication ? authentication.clientAuthentication : null,
      }),
      scheme: shown("scheme", "What stands before the token in `Authorization`; null unless OAuth 2.0."),
      tokenObtainedAt: t.field({
        type: "DateTime",
        nullable: true,
        description: "When the present access token was given; null unless OAuth 2.0, or while there is none.",
        resolve: ({ token }) => token?.obtainedAt ?? null,
      }),
      tokenExpiresAt: t.field({
        type: "DateTime",
        nullable: true,
        description: "When the present access token ends; null while there is none, or if the server did not say.",
        resolve: ({ token }) => token?.expiresAt ?? null,
      }),
    };
  },
});

/** A token of the login before the last change is none. */
export function shownLogin(
  authentication: unknown,
  token: (ShownAuthentication["token"] & { readonly loginId: string | null }) | null,
): ShownAuthentication | null {
  const sealed = authentication as SealedAuthentication | null;
  return sealed === null ? null : { authentication: sealed, token: token?.loginId === sealed.loginId ? token : null };
}
