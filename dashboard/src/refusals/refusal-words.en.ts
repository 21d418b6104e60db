import type { ErrorCode, ErrorReason } from "../graphql/generated/graphql.ts";

/** What can be said about a refusal: by its code, by its reason, and by what is wrong with the call itself. */
export type RefusalWord =
  | `code.${ErrorCode}`
  | `reason.${ErrorReason}`
  | "call.signedOut"
  | "call.tooMany"
  | "call.tooLarge"
  | "call.outdated"
  | "call.failed"
  | "call.refused"
  | "atField";

export const refusalWordsEn: Readonly<Record<RefusalWord, string>> = {
  "code.INVALID_INPUT": "A value is missing or wrong.",
  "code.NOT_FOUND": "This does not exist any more.",
  "code.FORBIDDEN": "You are not allowed to do this.",
  "code.IDEMPOTENCY_CONFLICT": "This was published before, with another content.",
  "code.DELIVERY_NOT_RETRYABLE": "This delivery cannot be attempted again now.",
  "code.DELIVERY_NOT_CANCELLABLE": "This delivery has ended already: there is nothing to stop.",
  "code.SECRET_OVERLAP_NOT_RUNNING": "The previous secret does not sign any more.",
  "code.QUERY_TOO_BROAD": "Answering this takes too long. Choose a shorter time range, or add a filter.",
  "code.RATE_LIMITED": "Too many failed attempts. Wait a while, and try again.",
  "code.REPLAY_NOT_STARTED": "Sending again could not begin.",
  "code.REPLAY_NOT_CANCELLABLE": "Sending again has ended already.",
  "code.UNAVAILABLE": "The service is busy at the moment. Try again in a few seconds.",

  "reason.REQUIRED": "This is needed.",
  "reason.UNKNOWN_FIELD": "The server does not know this field.",
  "reason.WRONG_TYPE": "This is not the kind of value that belongs here.",
  "reason.INVALID_FORMAT": "This is not written as it has to be.",
  "reason.INVALID_CHARACTERS": "This has characters that are not possible here.",
  "reason.EMPTY": "This must not be empty.",
  "reason.TOO_SHORT": "At least {min, plural, one {# character} other {# characters}}.",
  "reason.TOO_LONG": "At most {max, plural, one {# character} other {# characters}}.",
  "reason.TOO_MANY": "At most {max, plural, one {# entry} other {# entries}}.",
  "reason.TOO_SMALL": "At least {min, number}.",
  "reason.TOO_GREAT": "At most {max, number}.",
  "reason.TOO_LARGE": "At most {size}.",
  "reason.TOO_DEEP": "Nested at most {max, plural, one {# level} other {# levels}} deep.",
  "reason.NOT_ALLOWED": "Possible are: {allowed}.",
  "reason.RESERVED": "The service keeps this for itself.",
  "reason.DUPLICATE": "This is given twice.",
  "reason.NOT_APPLICABLE": "This cannot be given together with the rest.",
  "reason.INVALID_EXPRESSION": "Line {line, number}, column {column, number}: this cannot be used as it is written.",
  "reason.UNKNOWN_NAME":
    "Line {line, number}, column {column, number}: there is no variable, field or function of this name.",
  "reason.EXPRESSION_TOO_COMPLEX":
    "Line {line, number}, column {column, number}: this is too much work. Make it shorter or simpler.",
  "reason.CONDITION_MISSING": "Choose at least one filter.",
  "reason.RANGE_REVERSED": "The end must be after the beginning.",
  "reason.NOT_IN_FUTURE": "This time has passed.",
  "reason.NOT_AN_EMAIL_ADDRESS": "This is not an e-mail address.",
  "reason.UNKNOWN_ADDRESS": "Nobody here has this e-mail address.",
  "reason.WRONG_PASSWORD": "This is not your password.",
  "reason.URL_INVALID": "This is not a complete URL. It looks like https://crm.example.com/vera.",
  "reason.URL_NOT_HTTPS": "The URL must begin with https://.",
  "reason.URL_WITH_CREDENTIALS": "The URL must not contain a user name or password; use a custom header.",
  "reason.URL_WITH_QUERY": "With a path in the request template, the URL must have no ? and no #.",
  "reason.PORT_NOT_ALLOWED": "This port is not allowed.",
  "reason.ADDRESS_NOT_ALLOWED": "This address is not allowed: webhooks must lead to a public address.",
  "reason.CERTIFICATE_UNREADABLE":
    "This is not a certificate in PEM format. It begins with -----BEGIN CERTIFICATE-----.",
  "reason.CERTIFICATE_EXPIRED": "This certificate has expired.",
  "reason.PRIVATE_KEY_UNUSABLE":
    "This is not a usable private key: PEM format without a passphrase, RSA with at least 2048 bits, EC or Ed25519.",
  "reason.PRIVATE_KEY_OF_ANOTHER": "This private key belongs to another certificate.",
  "reason.ALREADY_EXISTS": "There is one already.",
  "reason.ALREADY_MEMBER": "This person is a member already.",
  "reason.INVITATION_NOT_OPEN": "This invitation has been used, taken back or has expired.",
  "reason.INVITATION_OF_ANOTHER": "This invitation is for another person.",
  "reason.HAS_ACCOUNT": "This person has an account already, and signs in to accept.",
  "reason.PERMISSION_MISSING": "Your role does not allow this.",
  "reason.PERMISSION_EXCEEDED": "Nobody can give more than they have.",
  "reason.OPERATORS_ONLY": "Only an operator may do this.",
  "reason.PEOPLE_ONLY": "Only a person may do this.",
  "reason.OWNERS_ONLY": "Only an owner decides who is an owner.",
  "reason.LAST_OWNER": "This is the last owner: make another one first.",
  "reason.OWN_ROLE": "Nobody raises their own role.",
  "reason.NO_PASSWORD": "You sign in without a password.",
  "reason.WEBHOOK_OFF": "The webhook is off. Switch it on first.",
  "reason.WEBHOOK_DELETED": "The webhook was deleted.",
  "reason.UNDER_WAY": "It is being sent right now.",
  "reason.SAME_REPLAY_RUNS": "The same deliveries are being sent again already.",
  "reason.TOO_MANY_REPLAYS": "{max, number} are running already. Wait until one has ended, or stop one.",
  "reason.TOO_MANY_DELIVERIES":
    "These are more than {max, number} deliveries. Choose fewer, for example a shorter time.",
  "reason.TOO_MANY_BUCKETS": "The chart would have more than {max, number} columns. Choose a shorter time.",

  "call.signedOut": "Your session has ended. Sign in again.",
  "call.tooMany": "Too many pages are open. Close some, and try again.",
  "call.tooLarge": "This is too much for one request.",
  "call.outdated": "This page does not fit the server any more. Load it again.",
  "call.failed": "Something went wrong on our side. Try again; if it stays, give the operator this number: {requestId}",
  "call.refused": "The server refused this.",
  atField: "{field}: {reason}",
};
