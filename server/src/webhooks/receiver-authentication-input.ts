import { z } from "zod";
import { headerNameProblem, headerValueProblem } from "../domain/custom-headers.ts";
import { NO_CONTROL_CHARACTERS, NOT_WELL_FORMED, refusedAs } from "../domain/error-reasons.ts";
import {
  type AuthenticationType,
  CLIENT_AUTHENTICATIONS,
  DEFAULT_TOKEN_SCHEME,
} from "../domain/receiver-authentication.ts";

const SECRET_LENGTH_MAX = 4_000;

const text = (max: number) => z.string({ error: "must be a string" }).max(max, `must be at most ${max} characters`);
const printable = (max: number) =>
  text(max)
    .refine(matches(/^[^\p{Cc}]*$/u), NO_CONTROL_CHARACTERS)
    .refine(isWellFormed, NOT_WELL_FORMED);
/** RFC 6749, appendix A: what client ids, secrets and tokens consist of. */
const visible = (max: number) =>
  text(max)
    .min(1, "must not be empty")
    .refine(
      matches(/^[\x20-\x7e]*$/),
      refusedAs("must consist of ASCII letters, digits and signs", { reason: "INVALID_CHARACTERS" }),
    );
const checked = (problemOf: (value: string) => ReturnType<typeof headerValueProblem>) =>
  z
    .string({ error: "must be a string" })
    .min(1, "must not be empty")
    .superRefine((value, context) => {
      const problem = problemOf(value);
      if (problem === null) return;
      const { message, ...reason } = problem;
      context.addIssue({ code: "custom", message, params: refusedAs(message, reason).params });
    });

const SECRET = "Kept encrypted and never shown again. Absent or null keeps the saved one, if the type stays the same.";

const oauth = {
  tokenUrl: text(2_048)
    .min(1, "must not be empty")
    .describe(
      "Absolute `https:` URL of the token endpoint, on a public host. On another host the secrets have to be given anew.",
    ),
  clientId: visible(1_000).describe("The client's id there."),
  clientSecret: visible(SECRET_LENGTH_MAX).nullish().describe(`The client's secret there. ${SECRET}`),
  scope: text(1_000)
    .refine(
      matches(/^(?:[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*)?$/),
      refusedAs("must be names separated by single spaces", { reason: "INVALID_CHARACTERS" }),
    )
    .nullish()
    .describe("What to ask for, names separated by spaces; what the server gives by itself if absent."),
  clientAuthentication: z
    .enum(CLIENT_AUTHENTICATIONS, { error: `must be one of ${CLIENT_AUTHENTICATIONS.join(", ")}` })
    .nullish()
    .meta({ default: "basic" })
    .describe("Whether the client's id and secret go into the header `Authorization` or into the form."),
  scheme: z
    .string({ error: "must be a string" })
    .refine(
      matches(/^[A-Za-z][A-Za-z0-9-]{0,39}$/),
      refusedAs("must be 1 to 40 letters, digits and hyphens", { reason: "INVALID_CHARACTERS" }),
    )
    .nullish()
    .meta({ default: DEFAULT_TOKEN_SCHEME })
    .describe("What stands before the access token in the header `Authorization`."),
};

/** The fields of each type. */
export const AUTHENTICATION_FIELDS = {
  header: z.object({
    name: checked((name) => headerNameProblem(name.toLowerCase())).describe("Name of the header."),
    value: checked(headerValueProblem).nullish().describe(`Its value. ${SECRET}`),
  }),
  basic: z.object({
    username: printable(500)
      .min(1, "must not be empty")
      .refine((name) => !name.includes(":"), refusedAs("must not contain a colon", { reason: "INVALID_CHARACTERS" }))
      .describe("Without a colon (RFC 7617)."),
    password: printable(SECRET_LENGTH_MAX).nullish().describe(`May be empty. ${SECRET}`),
  }),
  oauth2ClientCredentials: z.object(oauth),
  oauth2RefreshToken: z.object({
    ...oauth,
    refreshToken: visible(SECRET_LENGTH_MAX)
      .nullish()
      .describe(`The refresh token; if the server replaces it, the new one is kept. ${SECRET}`),
  }),
  body: z.object({
    credential: printable(SECRET_LENGTH_MAX)
      .min(1, "must not be empty")
      .nullish()
      .describe(`What \`{{ credential }}\` in the request template stands for. ${SECRET}`),
  }),
} as const satisfies Record<AuthenticationType, z.ZodObject>;

type Fields = { readonly [Type in AuthenticationType]: z.output<(typeof AUTHENTICATION_FIELDS)[Type]> };
/** An authentication as it is given: secrets may be missing. */
export type GivenAuthentication = {
  [Type in AuthenticationType]: { readonly type: Type } & Fields[Type];
}[AuthenticationType];

const KINDS = ["none", ...Object.keys(AUTHENTICATION_FIELDS)];
const ONE_KIND = `must have exactly one of ${KINDS.join(", ")}`;

/** One field names the type; `none` takes an authentication away, and is answered as null. */
export const receiverAuthentication = z
  .strictObject({
    none: z.literal(true, { error: "must be true" }).nullish(),
    header: AUTHENTICATION_FIELDS.header.nullish(),
    basic: AUTHENTICATION_FIELDS.basic.nullish(),
    oauth2ClientCredentials: AUTHENTICATION_FIELDS.oauth2ClientCredentials.nullish(),
    oauth2RefreshToken: AUTHENTICATION_FIELDS.oauth2RefreshToken.nullish(),
    body: AUTHENTICATION_FIELDS.body.nullish(),
  })
  .refine(
    (given) => Object.values(given).filter((value) => value != null).length === 1,
    refusedAs(ONE_KIND, { reason: "NOT_APPLICABLE" }),
  )
  .transform((given): GivenAuthentication | "none" => {
    const [type, fields] = Object.entries(given).find(([, value]) => value != null) ?? ["none", true];
    return fields === true ? "none" : ({ type, ...(fields as object) } as GivenAuthentication);
  });

function matches(pattern: RegExp): (value: string) => boolean {
  return (value) => pattern.test(value);
}

function isWellFormed(value: string): boolean {
  return value.isWellFormed();
}
