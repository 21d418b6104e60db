import { expect, test } from "vitest";
import { isOwnFailure } from "../../src/domain/own-failure.ts";

test.for(["EAI_AGAIN", "DNS_TIMEOUT", "EMFILE", "ENFILE", "EADDRNOTAVAIL", "ENETUNREACH"])(
  "%s says nothing about the receiver: it does not count against it",
  (errorCode) => {
    expect(isOwnFailure({ errorCode })).toBe(true);
  },
);

test.for(["HTTP_500", "TIMEOUT", "ECONNREFUSED", "ENOTFOUND", "CERT_HAS_EXPIRED", "BLOCKED_ADDRESS", null])(
  "%s is the receiver's",
  (errorCode) => {
    expect(isOwnFailure({ errorCode })).toBe(false);
  },
);
