import type { MessageId } from "./en.ts";
import type { Language } from "./language.ts";

/** The texts of one language; those of a part that is loaded later are missing until `MoreMessages` adds them. */
export interface Messages {
  readonly language: Language;
  readonly messages: Readonly<Record<MessageId, string>>;
}

/** Each language is a file of its own, so that nobody downloads the one that is not read. */
export async function loadMessages(language: Language): Promise<Messages> {
  const messages = language === "tr" ? (await import("./tr.ts")).tr : (await import("./en.ts")).en;
  return { language, messages: messages as Messages["messages"] };
}
