import type { SignatureVerdict } from "../graphql/generated/graphql.ts";

/** How good the news is: it verifies, it would if something beside it were right, or it does not. */
export type SignatureTone = "good" | "doubtful" | "bad";

export function signatureTone(verdict: SignatureVerdict): SignatureTone {
  switch (verdict) {
    case "VALID":
    case "VALID_BY_PREVIOUS_SECRET":
      return "good";
    case "TIMESTAMP_TOO_OLD":
    case "TIMESTAMP_TOO_NEW":
      return "doubtful";
    default:
      return "bad";
  }
}
