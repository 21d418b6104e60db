import { createIntl, type IntlShape } from "react-intl";
import type { MessageId } from "../i18n/en.ts";
import type { Language } from "../i18n/language.ts";
import type { Refusal } from "./refusal.ts";
import { type RefusalWord, refusalWordsEn } from "./refusal-words.en.ts";
import { refusalWordsTr } from "./refusal-words.tr.ts";

const words: Readonly<Record<Language, Readonly<Record<RefusalWord, string>>>> = {
  en: refusalWordsEn,
  tr: refusalWordsTr,
};

/** Codes that are not about what was asked for, but about the call. */
const callWords: Readonly<Record<string, RefusalWord>> = {
  UNAUTHENTICATED: "call.signedOut",
  TOO_MANY_CONNECTIONS: "call.tooMany",
  TOO_MANY_OPERATIONS: "call.tooMany",
  TOO_LARGE: "call.tooLarge",
  BAD_REQUEST: "call.outdated",
  GRAPHQL_PARSE_FAILED: "call.outdated",
  GRAPHQL_VALIDATION_FAILED: "call.outdated",
  OPERATION_RESOLUTION_FAILURE: "call.outdated",
  DOCUMENT_LIMIT_EXCEEDED: "call.outdated",
  PERSISTED_QUERY_NOT_FOUND: "call.outdated",
  PERSISTED_QUERY_ONLY: "call.outdated",
  NOT_ACCEPTABLE: "call.outdated",
  UNSUPPORTED_MEDIA_TYPE: "call.outdated",
  INTERNAL_SERVER_ERROR: "call.failed",
};

const kib = 1024;
const mib = 1024 * kib;

/** Why something was refused, in a sentence; `atField` leaves out the field's name, which stands above it then. */
export function describeRefusal(
  intl: IntlShape,
  refusal: Refusal,
  { atField = false }: { readonly atField?: boolean } = {},
): string {
  const { min, max, allowed, line, column, requestId, field } = refusal;
  const reason = say(intl, wordOf(refusal), {
    min: min ?? 0,
    max: max ?? 0,
    size: formatBytes(intl, max ?? 0),
    allowed: intl.formatList(allowed ?? [], { type: "conjunction" }),
    line: line ?? 1,
    column: column ?? 1,
    requestId: requestId ?? "–",
  });
  const isNamed = !atField && refusal.code === "INVALID_INPUT" && field != null;
  return isNamed ? say(intl, "atField", { field, reason }) : reason;
}

function formatBytes(intl: IntlShape, bytes: number): string {
  return bytes < mib ? `${intl.formatNumber(bytes / kib)} KiB` : `${intl.formatNumber(bytes / mib)} MiB`;
}

/** The server may know codes and reasons that are newer than this page. */
function wordOf({ code, reason }: Refusal): RefusalWord {
  const candidates = [`reason.${reason}`, `code.${code}`, callWords[code]];
  return (candidates.find((word) => word !== undefined && word in refusalWordsEn) ?? "call.refused") as RefusalWord;
}

function say(intl: IntlShape, word: RefusalWord, values: Readonly<Record<string, string | number>>): string {
  const locale = intl.locale as Language;
  // Only the page's own messages are known to the types; these are a set of their own, so that they are loaded later.
  const messages = words[locale] as unknown as Record<MessageId, string>;
  return createIntl({ locale, messages }).formatMessage({ id: word as unknown as MessageId }, values);
}
