/** What can be said of a request's signature, from good to bad, in words. */
export const SIGNATURE_VERDICTS = {
  valid: "It verifies with the webhook's secret.",
  valid_by_previous_secret: "It verifies with the secret before the last rotation, which still signs.",
  timestamp_too_old:
    "The signature is right, but its timestamp is more than five minutes past: receivers refuse it as a possible replay.",
  timestamp_too_new: "The signature is right, but its timestamp is more than five minutes ahead: a clock is wrong.",
  absent: "No header of this signature is there.",
  headers_missing: "Only some of the headers of this signature are there.",
  malformed: "A header of this signature is not of the form in which it is sent.",
  body_padded: "It verifies without the white space around the body: something was added to what was sent.",
  body_rewritten:
    "It verifies for the same JSON in its compact form: the body was parsed and written anew. Receivers have to check the raw bytes.",
  body_changed: "The body is not the one that was sent under this id.",
  id_or_timestamp_changed:
    "The body is right, as X-Webhook-Signature proves, but the signed id or timestamp is another than the headers say.",
  retired_secret: "It is made with a secret that was replaced and does not sign any more.",
  other_webhook: "It is made with the secret of another webhook of the organization.",
  mismatch:
    "None of the secrets that were tried makes this signature: it is made with another one, or something was changed.",
} as const;

export type SignatureVerdict = keyof typeof SIGNATURE_VERDICTS;
