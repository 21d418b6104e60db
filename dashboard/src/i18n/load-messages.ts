import type { MessageId } from "./en.ts";
import type { Language } from "./language.ts";

/** All texts of one language. */
export interface Messages {
  readonly language: Language;
  readonly messages: Readonly<Record<MessageId, string>>;
}

/** Each language is a file of its own, so that nobody downloads the one that is not read. */
export async function loadMessages(language: Language): Promise<Messages> {
  const messages = language === "tr" ? (await import("./tr.ts")).tr : (await import("./en.ts")).en;
  return { language, messages };
}
