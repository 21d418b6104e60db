/** Why something is refused, finer than the error's code. What is said to people in their language is made of it and of the limits beside it. */
export const ERROR_REASONS = {
  REQUIRED: "The field is missing.",
  UNKNOWN_FIELD: "There is no field of this name.",
  WRONG_TYPE: "The value has another type, for example text where a number belongs.",
  INVALID_FORMAT: "The value is not written as it has to be, for example as a UUID or as a time.",
  INVALID_CHARACTERS: "The value has characters that are not possible there.",
  EMPTY: "The value is empty.",
  TOO_SHORT: "The text has fewer than `min` characters.",
  TOO_LONG: "The text has more than `max` characters.",
  TOO_MANY: "There are more than `max` entries.",
  TOO_SMALL: "The number is smaller than `min`.",
  TOO_GREAT: "The number is greater than `max`.",
  TOO_LARGE: "As JSON, the value has more than `max` bytes.",
  TOO_DEEP: "The value is nested deeper than `max` levels.",
  NOT_ALLOWED: "The value is none of `allowed`.",
  RESERVED: "The service keeps this for itself.",
  DUPLICATE: "It is given twice.",
  NOT_APPLICABLE: "The field cannot be given together with the rest of the input.",
  INVALID_EXPRESSION:
    "The text, or an expression in it, cannot be used as it is written; `line` and `column` say where.",
  UNKNOWN_NAME: "An expression names a variable, field or function that does not exist; `line` and `column` say where.",
  EXPRESSION_TOO_COMPLEX:
    "An expression is too long, nested too deep, or too much work; `line` and `column` say where.",
  CONDITION_MISSING: "At least one condition is needed.",
  RANGE_REVERSED: "The range ends before it begins.",
  NOT_IN_FUTURE: "The time has passed.",
  NOT_AN_EMAIL_ADDRESS: "The text is not an e-mail address.",
  UNKNOWN_ADDRESS: "Nobody here has this e-mail address.",
  WRONG_PASSWORD: "The password is not the person's.",
  URL_INVALID: "The text is not a complete URL.",
  URL_NOT_HTTPS: "The URL does not begin with `https://`.",
  URL_WITH_CREDENTIALS: "The URL has a user name or a password.",
  URL_WITH_QUERY: "The URL has a query or a fragment, which leaves no place for the path of a request template.",
  PORT_NOT_ALLOWED: "The URL's port is not allowed.",
  ADDRESS_NOT_ALLOWED: "The URL's host is, or leads to, an address that is not allowed.",
  CERTIFICATE_UNREADABLE: "The text is not a certificate in PEM format.",
  CERTIFICATE_EXPIRED: "The certificate is not valid any more.",
  PRIVATE_KEY_UNUSABLE: "The text is not a private key in PEM format, or not one that can be used.",
  PRIVATE_KEY_OF_ANOTHER: "The private key belongs to another certificate.",
  ALREADY_EXISTS: "There is one already, and there can only be one.",
  ALREADY_MEMBER: "The person is a member already.",
  INVITATION_NOT_OPEN: "The invitation was used or cancelled, or has expired.",
  INVITATION_OF_ANOTHER: "The invitation is for another person than the one who is signed in.",
  HAS_ACCOUNT: "The person has an account already and has to sign in.",
  PERMISSION_MISSING: "The person's role, or the key's scopes, do not allow it.",
  PERMISSION_EXCEEDED: "Nobody gives more than they have.",
  OPERATORS_ONLY: "Only an operator may do this.",
  PEOPLE_ONLY: "Only a person may do this, no program.",
  OWNERS_ONLY: "Only an owner decides who is an owner.",
  LAST_OWNER: "The organization would be left without an owner.",
  OWN_ROLE: "Nobody raises their own role.",
  NO_PASSWORD: "The person signs in without a password.",
  WEBHOOK_OFF: "The webhook is switched off.",
  WEBHOOK_DELETED: "The webhook was deleted.",
  UNDER_WAY: "The delivery is being attempted right now.",
  SAME_REPLAY_RUNS: "The same replay is running already.",
  TOO_MANY_REPLAYS: "`max` replays of the organization are running already.",
  TOO_MANY_DELIVERIES: "It matches more than `max` deliveries.",
  TOO_MANY_BUCKETS: "The interval cuts the range into more than `max` buckets.",
} as const satisfies Record<string, string>;

export type ErrorReason = keyof typeof ERROR_REASONS;

/** A reason with what it is measured by, where it has that. */
export interface ReasonedLimits {
  readonly reason: ErrorReason;
  readonly min?: number;
  readonly max?: number;
  readonly allowed?: readonly string[];
  /** Where in the text it is wrong: lines from 1, columns from 1 in UTF-16 code units. */
  readonly line?: number;
  readonly column?: number;
}

/** For a check of zod's that says in its own words what is wrong: the words, and what they stand for. */
export function refusedAs(
  error: string,
  reason: ReasonedLimits,
): { error: string; params: { refusedAs: ReasonedLimits } } {
  return { error, params: { refusedAs: reason } };
}

export const NO_CONTROL_CHARACTERS = refusedAs("must not contain control characters", { reason: "INVALID_CHARACTERS" });
export const NOT_WELL_FORMED = refusedAs("must be well-formed Unicode", { reason: "INVALID_CHARACTERS" });
