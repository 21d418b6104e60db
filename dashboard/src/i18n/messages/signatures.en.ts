export const signaturesEn = {
  "signature.VALID": "Verifies",
  "signature.VALID_BY_PREVIOUS_SECRET": "Verifies with the old secret",
  "signature.TIMESTAMP_TOO_OLD": "Right, but too old",
  "signature.TIMESTAMP_TOO_NEW": "Right, but from the future",
  "signature.ABSENT": "Not signed",
  "signature.HEADERS_MISSING": "Header missing",
  "signature.MALFORMED": "Not a signature of ours",
  "signature.BODY_PADDED": "White space added",
  "signature.BODY_REWRITTEN": "Body rewritten",
  "signature.BODY_CHANGED": "Body changed",
  "signature.ID_OR_TIMESTAMP_CHANGED": "Id or time changed",
  "signature.RETIRED_SECRET": "Replaced secret",
  "signature.OTHER_WEBHOOK": "Secret of another webhook",
  "signature.MISMATCH": "Does not verify",
  "signature.hint.VALID":
    "The request is ours and unchanged. If your receiver refuses it all the same, it has another secret or does not check the raw body.",
  "signature.hint.VALID_BY_PREVIOUS_SECRET":
    "The request is ours. It verifies with the secret from before the last rotation, which still signs for a while: give your receiver the new one.",
  "signature.hint.TIMESTAMP_TOO_OLD":
    "The request is ours and unchanged, but its timestamp is more than five minutes past. That is normal for one you check later. If your receiver refused it on arrival, its clock is fast.",
  "signature.hint.TIMESTAMP_TOO_NEW":
    "The request is ours and unchanged, but its timestamp lies more than five minutes ahead. A clock is wrong.",
  "signature.hint.ABSENT": "It has none of the headers with which this service signs, so it is probably not ours.",
  "signature.hint.HEADERS_MISSING": "This signature needs all of its headers. A proxy may have dropped some.",
  "signature.hint.MALFORMED":
    "A header does not have the form in which we send it. Was it shortened or decoded on its way?",
  "signature.hint.BODY_PADDED":
    "Without the white space at its beginning and end the body verifies. Something added it on the way; a line break at the end is typical.",
  "signature.hint.BODY_REWRITTEN":
    "As compact JSON the body verifies: it was parsed and written anew. Have your receiver check the raw bytes before it parses them.",
  "signature.hint.BODY_CHANGED": "The delivery exists, but its body was another.",
  "signature.hint.ID_OR_TIMESTAMP_CHANGED":
    "The body is ours, but webhook-id or webhook-timestamp is not what was signed.",
  "signature.hint.RETIRED_SECRET":
    "It was signed with a secret that has been replaced. Requests that are sent now have the new one.",
  "signature.hint.OTHER_WEBHOOK": "It was signed with the secret of another of your webhooks.",
  "signature.hint.MISMATCH":
    "Neither the present nor the previous secret makes this signature. It was made with another one, or the body was changed.",
  "signatureCheck.title": "Check a pasted signature",
  "signatureCheck.hint":
    "Does your receiver refuse a request? Paste it as it arrived, and learn whether it is ours and, if not, what is wrong. The secret stays on the server, nothing is kept.",
  "signatureCheck.headers": "Headers",
  "signatureCheck.headersHint": "One per line, as JSON, or the whole raw request.",
  "signatureCheck.headersNeeded": "No header was recognised in it.",
  "signatureCheck.body": "Body",
  "signatureCheck.bodyHint": "Exactly as it came, before it was parsed.",
  "signatureCheck.check": "Check",
  "signatureCheck.scheme.STANDARD_WEBHOOKS": "Standard Webhooks (webhook-signature)",
  "signatureCheck.scheme.X_WEBHOOK_SIGNATURE": "X-Webhook-Signature",
  "signatureCheck.missing": "Missing: {names}",
  "signatureCheck.madeBy": "The secret is that of {webhook}.",
  "signatureCheck.differs": "From character {position, number} on it differs from what we sent:",
  "signatureCheck.differsEnd": "end",
  "signatureCheck.delivery": "Show the delivery",
};
