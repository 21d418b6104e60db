import { z } from "zod/mini";
import type {
  OauthClientAuthentication,
  ReceiverAuthenticationInput,
  ReceiverAuthenticationType,
} from "../../../graphql/generated/graphql.ts";
import { urlProblem } from "../url-problem.ts";

/** How requests may log in, in the order in which it is offered. */
export const authenticationTypes = [
  "NONE",
  "HEADER",
  "BASIC",
  "OAUTH2_CLIENT_CREDENTIALS",
  "OAUTH2_REFRESH_TOKEN",
  "BODY",
] as const satisfies readonly (ReceiverAuthenticationType | "NONE")[];

export type AuthenticationChoice = (typeof authenticationTypes)[number];

interface OauthValues {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  clientAuthentication: OauthClientAuthentication;
  scheme: string;
}

/** One part for each type, called as in the input of `updateWebhookConfig`, so that its refusals find their fields. Secrets are empty: saved ones are not known here. */
export interface AuthenticationFormValues {
  type: AuthenticationChoice;
  authentication: {
    header: { name: string; value: string };
    basic: { username: string; password: string };
    oauth2ClientCredentials: OauthValues;
    oauth2RefreshToken: OauthValues & { refreshToken: string };
    body: { credential: string };
  };
}

/** What is saved, as far as it is shown. */
export interface SavedAuthentication {
  readonly type: ReceiverAuthenticationType;
  readonly headerName?: string | null;
  readonly username?: string | null;
  readonly tokenUrl?: string | null;
  readonly clientId?: string | null;
  readonly scope?: string | null;
  readonly clientAuthentication?: OauthClientAuthentication | null;
  readonly scheme?: string | null;
}

/** The form begins with what is saved; null if nothing is. */
export function authenticationValues(saved: SavedAuthentication | null): AuthenticationFormValues {
  const oauth: OauthValues = {
    tokenUrl: saved?.tokenUrl ?? "",
    clientId: saved?.clientId ?? "",
    clientSecret: "",
    scope: saved?.scope ?? "",
    clientAuthentication: saved?.clientAuthentication ?? "BASIC",
    scheme: saved?.scheme ?? "Bearer",
  };
  return {
    type: saved?.type ?? "NONE",
    authentication: {
      header: { name: saved?.headerName ?? "", value: "" },
      basic: { username: saved?.username ?? "", password: "" },
      oauth2ClientCredentials: oauth,
      oauth2RefreshToken: { ...oauth, refreshToken: "" },
      body: { credential: "" },
    },
  };
}

const text = z.string().check(z.trim());
const oauth = {
  tokenUrl: text,
  clientId: text,
  clientSecret: text,
  scope: text,
  clientAuthentication: z.enum(["BASIC", "BODY"]),
  scheme: text,
};

/** A secret may be left empty as long as one of this type is saved. Only the chosen type is checked. */
export function authenticationSchema(
  saved: SavedAuthentication | null,
): z.ZodMiniType<AuthenticationFormValues, AuthenticationFormValues> {
  return z
    .object({
      type: z.enum(authenticationTypes),
      authentication: z.object({
        header: z.object({ name: text, value: text }),
        basic: z.object({ username: text, password: z.string() }),
        oauth2ClientCredentials: z.object(oauth),
        oauth2RefreshToken: z.object({ ...oauth, refreshToken: text }),
        body: z.object({ credential: text }),
      }),
    })
    .check(({ value, issues }) => {
      const isSaved = saved?.type === value.type;
      for (const { path, message } of problemsIn(value, isSaved)) {
        issues.push({ code: "custom", input: value, path: ["authentication", ...path], message });
      }
    });
}

interface FieldProblem {
  readonly path: readonly [part: string, field: string];
  readonly message: string;
}

function problemsIn({ type, authentication }: AuthenticationFormValues, isSaved: boolean): readonly FieldProblem[] {
  const needed = (part: string, values: object, names: readonly string[]): readonly FieldProblem[] =>
    Object.entries(values)
      .filter(([name, value]) => names.includes(name) && value === "")
      .map(([name]) => ({ path: [part, name], message: "form.required" }));
  const secrets = (...names: readonly string[]) => (isSaved ? [] : names);
  const inOauth = (part: "oauth2ClientCredentials" | "oauth2RefreshToken", names: readonly string[]) => {
    const tokenUrlProblem = urlProblem(authentication[part].tokenUrl);
    const missing = needed(part, authentication[part], ["clientId", ...secrets(...names)]);
    return tokenUrlProblem === null
      ? missing
      : [{ path: [part, "tokenUrl"] as const, message: tokenUrlProblem }, ...missing];
  };
  switch (type) {
    case "NONE":
      return [];
    case "HEADER":
      return needed("header", authentication.header, ["name", ...secrets("value")]);
    case "BASIC":
      return needed("basic", authentication.basic, ["username"]);
    case "OAUTH2_CLIENT_CREDENTIALS":
      return inOauth("oauth2ClientCredentials", ["clientSecret"]);
    case "OAUTH2_REFRESH_TOKEN":
      return inOauth("oauth2RefreshToken", ["clientSecret", "refreshToken"]);
    case "BODY":
      return needed("body", authentication.body, secrets("credential"));
  }
}

/** The chosen type as the API takes it: what is empty is left out, so that a saved secret stays. */
export function authenticationInput({ type, authentication }: AuthenticationFormValues): ReceiverAuthenticationInput {
  switch (type) {
    case "NONE":
      return { none: true };
    case "HEADER":
      return { header: given(authentication.header) };
    case "BASIC":
      return { basic: given(authentication.basic) };
    case "OAUTH2_CLIENT_CREDENTIALS":
      return { oauth2ClientCredentials: given(authentication.oauth2ClientCredentials) };
    case "OAUTH2_REFRESH_TOKEN":
      return { oauth2RefreshToken: given(authentication.oauth2RefreshToken) };
    case "BODY":
      return { body: given(authentication.body) };
  }
}

function given<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")) as Values;
}
